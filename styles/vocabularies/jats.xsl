<?xml version="1.0" encoding="UTF-8"?>
<!-- JATS (NISO Z39.96) articles to the story form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="common.xsl"/>

  <xsl:template match="/article">
    <xsl:variable name="journal" select="front/journal-meta"/>
    <xsl:variable name="meta" select="front/article-meta"/>
    <xsl:variable name="day" select="($meta/pub-date[@iso-8601-date] | $meta/pub-date[year])[1]"/>
    <edition publication="{normalize-space(($journal/journal-title-group/journal-title | $journal/journal-title)[1])}">
      <story guid="{($meta/article-id[@pub-id-type = 'doi'] | $meta/article-id)[1]}" lang="{@xml:lang}" section="{normalize-space(($meta/article-categories//subject)[1])}">
        <xsl:call-template name="at"/>
        <xsl:attribute name="date"><xsl:choose>
          <xsl:when test="$day/@iso-8601-date"><xsl:value-of select="$day/@iso-8601-date"/></xsl:when>
          <xsl:when test="$day/month and $day/day"><xsl:value-of select="concat($day/year, '-', format-number($day/month, '00'), '-', format-number($day/day, '00'))"/></xsl:when>
        </xsl:choose></xsl:attribute>
        <xsl:if test="@article-type = 'correction' or @article-type = 'retraction'"><xsl:attribute name="correction"><xsl:value-of select="@article-type"/></xsl:attribute></xsl:if>
        <xsl:for-each select="$meta/kwd-group/kwd"><keyword><xsl:value-of select="normalize-space()"/></keyword></xsl:for-each>
        <xsl:for-each select="$meta/title-group/article-title"><xsl:call-template name="part"><xsl:with-param name="name" select="'headline'"/></xsl:call-template></xsl:for-each>
        <xsl:for-each select="$meta/title-group/subtitle"><xsl:call-template name="part"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
        <xsl:for-each select="$meta/abstract[@abstract-type = 'teaser' or @abstract-type = 'summary' or @abstract-type = 'executive-summary']//p | $meta/abstract[not(@abstract-type)]//p"><xsl:call-template name="part"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
        <xsl:for-each select="$meta/contrib-group/contrib[@contrib-type = 'author' or not(@contrib-type)]"><xsl:call-template name="author"/></xsl:for-each>
        <xsl:for-each select="body"><body><xsl:call-template name="at"/><xsl:apply-templates mode="html"/><xsl:apply-templates select="../back/*" mode="html"/></body></xsl:for-each>
        <xsl:for-each select="$meta/permissions"><xsl:choose>
          <xsl:when test="normalize-space(copyright-statement)"><xsl:for-each select="copyright-statement[1]"><xsl:call-template name="part"><xsl:with-param name="name" select="'copyright'"/></xsl:call-template></xsl:for-each></xsl:when>
          <xsl:when test="copyright-holder"><copyright><xsl:call-template name="at"/>&#169; <xsl:value-of select="normalize-space(concat(copyright-year, ' ', copyright-holder))"/></copyright></xsl:when>
        </xsl:choose></xsl:for-each>
      </story>
    </edition>
  </xsl:template>

  <xsl:template name="author">
    <byline><xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="name"><xsl:for-each select="name[1]"><name><xsl:choose>
          <xsl:when test="@name-style = 'eastern'"><xsl:value-of select="normalize-space(concat(surname, ' ', given-names))"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="normalize-space(concat(prefix, ' ', given-names, ' ', surname, ' ', suffix))"/></xsl:otherwise>
        </xsl:choose></name></xsl:for-each></xsl:when>
        <xsl:otherwise><name><xsl:value-of select="normalize-space((string-name | name-alternatives/* | collab)[1])"/></name></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="role[1]"><role><xsl:value-of select="normalize-space()"/></role></xsl:for-each>
    </byline>
  </xsl:template>

  <xsl:template match="sec | ack | notes | fn-group | fn" mode="html"><xsl:apply-templates mode="html"/></xsl:template>
  <xsl:template match="title" mode="html"><h3><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></h3></xsl:template>
  <xsl:template match="boxed-text | boxed-text/caption | statement | app | ref-list | glossary | speech" mode="html"><div><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></div></xsl:template>
  <xsl:template match="ref | speaker | verse-group/attrib" mode="html"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:template>
  <xsl:template match="verse-group" mode="html"><xsl:apply-templates select="title" mode="html"/><p><xsl:call-template name="at"/><xsl:apply-templates select="*[not(self::title or self::attrib)]" mode="html"/></p><xsl:apply-templates select="attrib" mode="html"/></xsl:template>
  <xsl:template match="verse-line" mode="html"><xsl:apply-templates mode="html"/><br/></xsl:template>
  <xsl:template match="sec/title | ack/title | notes/title | app/title | ref-list/title | glossary/title | fn-group/title" mode="html"><h2><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></h2></xsl:template>
  <xsl:template match="sec/sec/title" mode="html"><h3><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></h3></xsl:template>
  <xsl:template match="bold" mode="html"><b><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></b></xsl:template>
  <xsl:template match="italic" mode="html"><i><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></i></xsl:template>
  <xsl:template match="monospace" mode="html"><code><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></code></xsl:template>
  <xsl:template match="break" mode="html"><br/></xsl:template>
  <xsl:template match="ext-link | uri" mode="html"><a><xsl:if test="@href"><xsl:attribute name="href"><xsl:value-of select="@href"/></xsl:attribute></xsl:if><xsl:apply-templates mode="html"/></a></xsl:template>
  <xsl:template match="disp-quote" mode="html"><blockquote><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></blockquote></xsl:template>
  <xsl:template match="disp-quote/attrib" mode="html"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:template>
  <xsl:template match="preformat | code" mode="html"><pre><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></pre></xsl:template>
  <xsl:template match="list" mode="html"><xsl:apply-templates select="title" mode="html"/><ul><xsl:call-template name="at"/><xsl:apply-templates select="list-item" mode="html"/></ul></xsl:template>
  <xsl:template match="list[@list-type = 'order']" mode="html"><xsl:call-template name="numbered"/></xsl:template>
  <xsl:template match="list[@list-type = 'alpha-lower']" mode="html"><xsl:call-template name="numbered"><xsl:with-param name="type" select="'a'"/></xsl:call-template></xsl:template>
  <xsl:template match="list[@list-type = 'alpha-upper']" mode="html"><xsl:call-template name="numbered"><xsl:with-param name="type" select="'A'"/></xsl:call-template></xsl:template>
  <xsl:template match="list[@list-type = 'roman-lower']" mode="html"><xsl:call-template name="numbered"><xsl:with-param name="type" select="'i'"/></xsl:call-template></xsl:template>
  <xsl:template match="list[@list-type = 'roman-upper']" mode="html"><xsl:call-template name="numbered"><xsl:with-param name="type" select="'I'"/></xsl:call-template></xsl:template>
  <xsl:template name="numbered">
    <xsl:param name="type"/>
    <xsl:apply-templates select="title" mode="html"/>
    <ol><xsl:call-template name="at"/><xsl:if test="$type"><xsl:attribute name="type"><xsl:value-of select="$type"/></xsl:attribute></xsl:if><xsl:apply-templates select="list-item" mode="html"/></ol>
  </xsl:template>
  <xsl:template match="list-item" mode="html"><li><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></li></xsl:template>
  <xsl:template match="table-wrap" mode="html"><xsl:apply-templates select="table | alternatives/table | table-wrap-foot" mode="html"/></xsl:template>
  <xsl:template match="table-wrap-foot" mode="html"><div><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></div></xsl:template>
  <xsl:template match="table-wrap/table" mode="html">
    <table><xsl:call-template name="at"/><xsl:copy-of select="@colspan | @rowspan"/>
      <xsl:if test="../label | ../caption"><caption><xsl:value-of select="normalize-space(concat(../label, ' ', ../caption))"/></caption></xsl:if>
      <xsl:apply-templates mode="html"/>
    </table>
  </xsl:template>
  <xsl:template match="fn/p[1][../label]" mode="html"><p><xsl:call-template name="at"/><xsl:value-of select="normalize-space(../label)"/><xsl:text> </xsl:text><xsl:apply-templates mode="html"/></p></xsl:template>
  <xsl:template match="fn/label" mode="html"/>
  <xsl:template match="fig" mode="html">
    <xsl:variable name="fig" select="."/>
    <xsl:for-each select="graphic[@href] | alternatives/graphic[@href][1]">
      <figure><xsl:call-template name="at"/>
        <img src="{@href}" alt="{normalize-space((alt-text | $fig/alt-text)[1])}"><xsl:call-template name="at"/></img>
        <figcaption><xsl:copy-of select="$fig/caption/@n2p:at"/><xsl:if test="$fig/label"><xsl:value-of select="normalize-space($fig/label)"/><xsl:text> </xsl:text></xsl:if><xsl:for-each select="$fig/caption"><xsl:for-each select="title | p"><xsl:apply-templates mode="html"/><xsl:text> </xsl:text></xsl:for-each></xsl:for-each>
          <xsl:for-each select="(attrib | $fig/attrib | $fig/permissions/copyright-statement)[1]"><cite><xsl:value-of select="normalize-space()"/></cite></xsl:for-each></figcaption>
      </figure>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="graphic | inline-graphic" mode="html"><xsl:if test="@href"><img src="{@href}" alt="{normalize-space(alt-text)}"><xsl:call-template name="at"/></img></xsl:if></xsl:template>
  <xsl:template match="xref" mode="html"><xsl:apply-templates mode="html"/></xsl:template>
</xsl:stylesheet>
