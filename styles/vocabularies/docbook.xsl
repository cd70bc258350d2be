<?xml version="1.0" encoding="UTF-8"?>
<!-- DocBook 4 and 5 articles to the story form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="common.xsl"/>

  <xsl:template match="/article">
    <xsl:variable name="info" select="info | articleinfo | artheader | ."/>
    <edition publication="{normalize-space($info/publishername)}">
      <story guid="{@xml:id}" lang="{(@xml:lang | @lang)[1]}" date="{normalize-space(($info/date | $info/pubdate)[1])}" section="{normalize-space(($info/seriestitle)[1])}">
        <xsl:call-template name="at"/>
        <xsl:for-each select="$info/keywordset/keyword"><keyword><xsl:value-of select="normalize-space()"/></keyword></xsl:for-each>
        <xsl:for-each select="$info/title"><xsl:call-template name="part"><xsl:with-param name="name" select="'headline'"/></xsl:call-template></xsl:for-each>
        <xsl:for-each select="$info/subtitle | $info/abstract/para | $info/abstract/simpara"><xsl:call-template name="part"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
        <xsl:for-each select="$info/author | $info/authorgroup/author"><byline><xsl:call-template name="at"/>
          <name><xsl:choose>
            <xsl:when test="personname[*]"><xsl:value-of select="normalize-space(concat(personname/honorific, ' ', personname/firstname, ' ', personname/givenname, ' ', personname/surname))"/></xsl:when>
            <xsl:when test="personname | orgname"><xsl:value-of select="normalize-space((personname | orgname)[1])"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="normalize-space(concat(firstname, ' ', surname))"/></xsl:otherwise>
          </xsl:choose></name>
          <xsl:for-each select="affiliation/jobtitle[1]"><role><xsl:value-of select="normalize-space()"/></role></xsl:for-each>
        </byline></xsl:for-each>
        <body><xsl:call-template name="at"/><xsl:apply-templates select="*[not(self::info or self::articleinfo or self::artheader or self::title or self::subtitle or self::titleabbrev)]" mode="html"/></body>
        <xsl:choose>
          <xsl:when test="$info/legalnotice"><xsl:for-each select="$info/legalnotice/*[self::para or self::simpara]"><xsl:call-template name="part"><xsl:with-param name="name" select="'copyright'"/></xsl:call-template></xsl:for-each></xsl:when>
          <xsl:otherwise><xsl:for-each select="$info/copyright"><copyright><xsl:call-template name="at"/>&#169; <xsl:for-each select="year | holder"><xsl:value-of select="normalize-space()"/><xsl:text> </xsl:text></xsl:for-each></copyright></xsl:for-each></xsl:otherwise>
        </xsl:choose>
      </story>
    </edition>
  </xsl:template>

  <xsl:template match="para | simpara" mode="html"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:template>
  <xsl:template match="formalpara" mode="html"><p><xsl:call-template name="at"/><b><xsl:value-of select="normalize-space(title)"/></b><xsl:text> </xsl:text><xsl:apply-templates select="para/node()" mode="html"/></p></xsl:template>
  <xsl:template match="section | sect1 | sect2 | sect3 | simplesect" mode="html"><xsl:apply-templates mode="html"/></xsl:template>
  <xsl:template match="title" mode="html"><h3><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></h3></xsl:template>
  <xsl:template match="info" mode="html"><xsl:apply-templates select="title" mode="html"/></xsl:template>
  <xsl:template match="appendix | bibliography | glossary | sidebar | note | tip | warning | caution | important | example | procedure | step" mode="html"><div><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></div></xsl:template>
  <xsl:template match="segtitle" mode="html"><p><xsl:call-template name="at"/><b><xsl:apply-templates mode="html"/></b></p></xsl:template>
  <xsl:template match="biblioentry | bibliomixed" mode="html"><p><xsl:call-template name="at"/><xsl:for-each select="node()"><xsl:apply-templates select="." mode="html"/><xsl:text> </xsl:text></xsl:for-each></p></xsl:template>
  <xsl:template match="biblioentry//title | bibliomixed//title" mode="html" priority="1"><i><xsl:apply-templates mode="html"/></i></xsl:template>
  <xsl:template match="itemizedlist/title | orderedlist/title | simplelist/title | variablelist/title" mode="html"><p><xsl:call-template name="at"/><b><xsl:apply-templates mode="html"/></b></p></xsl:template>
  <xsl:template match="appendix/title | appendix/info/title | bibliography/title | bibliography/info/title | glossary/title | glossary/info/title | section/title | sect1/title | simplesect/title | section/info/title | bridgehead" mode="html"><h2><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></h2></xsl:template>
  <xsl:template match="section/section/title | sect2/title | sect3/title" mode="html"><h3><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></h3></xsl:template>
  <xsl:template match="emphasis" mode="html"><em><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></em></xsl:template>
  <xsl:template match="emphasis[@role = 'bold' or @role = 'strong']" mode="html"><strong><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></strong></xsl:template>
  <xsl:template match="quote" mode="html"><q><xsl:apply-templates mode="html"/></q></xsl:template>
  <xsl:template match="superscript" mode="html"><sup><xsl:apply-templates mode="html"/></sup></xsl:template>
  <xsl:template match="subscript" mode="html"><sub><xsl:apply-templates mode="html"/></sub></xsl:template>
  <xsl:template match="literal" mode="html"><code><xsl:apply-templates mode="html"/></code></xsl:template>
  <xsl:template match="link | ulink" mode="html"><a href="{(@href | @url)[1]}"><xsl:apply-templates mode="html"/></a></xsl:template>
  <xsl:template match="itemizedlist | simplelist" mode="html"><xsl:apply-templates select="title" mode="html"/><ul><xsl:call-template name="at"/><xsl:apply-templates select="listitem | member" mode="html"/></ul></xsl:template>
  <xsl:template match="orderedlist" mode="html"><xsl:apply-templates select="title" mode="html"/><ol><xsl:call-template name="at"/>
    <xsl:choose>
      <xsl:when test="@numeration = 'loweralpha'"><xsl:attribute name="type">a</xsl:attribute></xsl:when>
      <xsl:when test="@numeration = 'upperalpha'"><xsl:attribute name="type">A</xsl:attribute></xsl:when>
      <xsl:when test="@numeration = 'lowerroman'"><xsl:attribute name="type">i</xsl:attribute></xsl:when>
      <xsl:when test="@numeration = 'upperroman'"><xsl:attribute name="type">I</xsl:attribute></xsl:when>
    </xsl:choose>
    <xsl:if test="@startingnumber"><xsl:attribute name="start"><xsl:value-of select="@startingnumber"/></xsl:attribute></xsl:if>
    <xsl:apply-templates select="listitem" mode="html"/></ol></xsl:template>
  <xsl:template match="listitem | member" mode="html"><li><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></li></xsl:template>
  <xsl:template match="blockquote/attribution" mode="html"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:template>
  <xsl:template match="programlisting | literallayout | screen" mode="html"><pre><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></pre></xsl:template>
  <!-- CALS tables. -->
  <xsl:template match="table[tgroup] | informaltable[tgroup]" mode="html"><table><xsl:call-template name="at"/><xsl:if test="title"><caption><xsl:value-of select="normalize-space(title)"/></caption></xsl:if><xsl:apply-templates select="tgroup/thead | tgroup/tbody | tgroup/tfoot" mode="html"/></table></xsl:template>
  <xsl:template match="row" mode="html"><tr><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></tr></xsl:template>
  <xsl:template match="entry" mode="html"><td><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></td></xsl:template>
  <xsl:template match="thead/row/entry" mode="html"><th><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></th></xsl:template>
  <!-- Of several imageobjects the first is what the author wants. -->
  <xsl:template match="figure[.//imagedata] | informalfigure | mediaobject" mode="html">
    <xsl:variable name="image" select="(.//imagedata[@fileref])[1]"/>
    <xsl:if test="$image">
      <figure><xsl:call-template name="at"/>
        <img src="{$image/@fileref}" alt="{normalize-space((.//textobject)[1])}"><xsl:call-template name="at"/></img>
        <figcaption><xsl:for-each select="(.//caption | title | info/title)[normalize-space()][last()]"><xsl:call-template name="at"/><xsl:choose><xsl:when test="para | simpara"><xsl:for-each select="para | simpara"><xsl:apply-templates mode="html"/><xsl:text> </xsl:text></xsl:for-each></xsl:when><xsl:otherwise><xsl:apply-templates mode="html"/></xsl:otherwise></xsl:choose></xsl:for-each></figcaption>
      </figure>
    </xsl:if>
  </xsl:template>
  <!-- A footnote stands where it is called. -->
  <xsl:template match="footnote" mode="html"> (<xsl:for-each select="para | simpara"><xsl:apply-templates mode="html"/></xsl:for-each>)</xsl:template>
  <xsl:template match="indexterm | remark | anchor | titleabbrev" mode="html"/>
</xsl:stylesheet>
