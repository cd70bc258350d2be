<?xml version="1.0" encoding="UTF-8"?>
<!-- NITF 3.x (IPTC), as a document of its own and inside NewsML: the parts of a story. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="common.xsl"/>

  <!-- Headline, decks, byline, dateline of a nitf element; what the frame around it knows is given
       by the caller and comes first. -->
  <xsl:template name="nitf-headline">
    <xsl:variable name="head" select="body/body.head"/>
    <xsl:variable name="hl1" select="($head/hedline/hl1 | $head/headline/hl1 | $head/hedline[not(hl1)] | $head/headline[not(hl1)])[normalize-space()][1]"/>
    <xsl:choose>
      <xsl:when test="$hl1"><xsl:for-each select="$hl1"><headline><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></headline></xsl:for-each></xsl:when>
      <xsl:when test="normalize-space(head/title)"><xsl:for-each select="head/title[1]"><headline><xsl:call-template name="at"/><xsl:value-of select="."/></headline></xsl:for-each></xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="nitf-decks">
    <xsl:variable name="head" select="body/body.head"/>
    <xsl:for-each select="$head/hedline/hl2 | $head/headline/hl2"><xsl:call-template name="part"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
    <xsl:if test="body/body.content//p">
      <xsl:for-each select="$head/abstract[not(p)][normalize-space()] | $head/abstract/p[normalize-space()]"><xsl:call-template name="part"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:template name="nitf-bylines">
    <xsl:for-each select="body/body.head/byline[normalize-space()]"><byline><xsl:call-template name="at"/><xsl:apply-templates mode="byline"/></byline></xsl:for-each>
  </xsl:template>
  <xsl:template match="person" mode="byline"><name><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></name></xsl:template>
  <xsl:template match="byttl" mode="byline"><role><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></role></xsl:template>
  <xsl:template match="*" mode="byline"><xsl:apply-templates mode="byline"/></xsl:template>

  <xsl:template name="nitf-datelines">
    <xsl:for-each select="body/body.head/dateline">
      <xsl:variable name="loc" select="location"/>
      <xsl:choose>
        <xsl:when test="$loc/city | $loc/state | $loc/country">
          <xsl:for-each select="$loc/city | $loc/state | $loc/country"><dateline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></dateline></xsl:for-each>
        </xsl:when>
        <xsl:when test="normalize-space($loc)"><dateline><xsl:call-template name="at"/><xsl:value-of select="normalize-space($loc)"/></dateline></xsl:when>
        <xsl:otherwise><dateline><xsl:call-template name="at"/><xsl:for-each select="text()"><xsl:value-of select="normalize-space()"/></xsl:for-each></dateline></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="nitf-body">
    <xsl:for-each select="body/body.content[1]"><body><xsl:call-template name="at"/><xsl:apply-templates mode="html"/><xsl:for-each select="../body.end/tagline[normalize-space()]"><xsl:if test="not(contains(., '&#169;') or contains(., '&#9426;') or contains(., 'opyright') or contains(., 'COPYRIGHT') or contains(., '(c)') or contains(., '&#51200;&#51089;&#44428;'))"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:if></xsl:for-each><xsl:for-each select="../body.end/bibliography[normalize-space()]"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:for-each></body></xsl:for-each>
  </xsl:template>

  <xsl:template name="nitf-copyright">
    <xsl:variable name="tagline" select="body/body.end/tagline[contains(., '&#169;') or contains(., '&#9426;') or contains(., 'opyright') or contains(., 'COPYRIGHT') or contains(., '(c)') or contains(., '&#51200;&#51089;&#44428;')]"/>
    <xsl:variable name="doc" select="(head/docdata/doc.copyright)[1]"/>
    <xsl:choose>
      <xsl:when test="$tagline"><xsl:for-each select="$tagline"><xsl:call-template name="part"><xsl:with-param name="name" select="'copyright'"/></xsl:call-template></xsl:for-each></xsl:when>
      <xsl:when test="$doc[@holder != '' or @year != '']">
        <xsl:for-each select="$doc"><copyright><xsl:call-template name="at"/>
          <xsl:if test="not(contains(@holder, '&#169;') or contains(@holder, 'opyright'))">&#169; </xsl:if><xsl:value-of select="normalize-space(concat(@year, ' ', @holder))"/>
        </copyright></xsl:for-each>
      </xsl:when>
      <xsl:when test="normalize-space(body/body.head/rights)">
        <xsl:for-each select="body/body.head/rights"><copyright><xsl:call-template name="at"/>
          <xsl:choose><xsl:when test="normalize-space(rights.owner)"><xsl:value-of select="normalize-space(rights.owner)"/></xsl:when><xsl:otherwise><xsl:value-of select="normalize-space()"/></xsl:otherwise></xsl:choose>
        </copyright></xsl:for-each>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- Pictures; several media-reference are renditions of one: the widest that is a picture. -->
  <xsl:template match="media" mode="html">
    <xsl:variable name="type" select="@media-type"/>
    <xsl:variable name="refs" select="media-reference[@source != '' or @data-location != '' or normalize-space()]"/>
    <xsl:variable name="pictures" select="$refs[not(@mime-type) or @mime-type = '' or starts-with(@mime-type, 'image')]"/>
    <xsl:variable name="shown" select="$pictures and (not($type) or $type = '' or $type = 'image' or $type = 'photo' or $type = 'graphic' or $type = 'picture')"/>
    <xsl:if test="not($shown) and normalize-space(media-caption)"><!-- no picture: news2pdf says what is left out -->
      <figure><xsl:call-template name="at"/><figcaption><xsl:for-each select="media-caption"><xsl:call-template name="at"/><xsl:apply-templates mode="html"/><xsl:text> </xsl:text></xsl:for-each></figcaption></figure>
    </xsl:if>
    <xsl:if test="$shown">
      <xsl:variable name="widest"><xsl:for-each select="$pictures"><xsl:sort select="number(@width)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="generate-id()"/></xsl:if></xsl:for-each></xsl:variable>
      <xsl:for-each select="$pictures[generate-id() = $widest]">
        <figure><xsl:call-template name="at"/>
          <img><xsl:call-template name="at"/>
            <xsl:attribute name="src"><xsl:choose><xsl:when test="@source != ''"><xsl:value-of select="@source"/></xsl:when><xsl:when test="@data-location != ''"><xsl:value-of select="@data-location"/></xsl:when><xsl:otherwise><xsl:value-of select="normalize-space()"/></xsl:otherwise></xsl:choose></xsl:attribute>
            <xsl:copy-of select="@width | @height"/>
            <xsl:if test="@alternate-text"><xsl:attribute name="alt"><xsl:value-of select="@alternate-text"/></xsl:attribute></xsl:if>
          </img>
          <xsl:if test="normalize-space(../media-caption) or normalize-space(../media-producer)">
            <figcaption>
              <xsl:for-each select="../media-caption"><xsl:call-template name="at"/><xsl:apply-templates mode="html"/><xsl:text> </xsl:text></xsl:for-each>
              <xsl:if test="normalize-space(../media-producer)"><cite><xsl:value-of select="normalize-space(../media-producer)"/></cite></xsl:if>
            </figcaption>
          </xsl:if>
        </figure>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>
  <xsl:template match="media[@media-type = 'text'][media-object[not(@encoding) or @encoding = '' or @encoding = 'none']]" mode="html" priority="1">
    <xsl:for-each select="media-object | media-caption"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:for-each>
  </xsl:template>
  <xsl:template match="img[@source and not(@src)]" mode="html"><img src="{@source}" alt="{@alt}"><xsl:call-template name="at"/></img></xsl:template>
  <xsl:template match="lang[not(node())]" mode="html"/>
  <xsl:template match="bq" mode="html"><blockquote><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></blockquote></xsl:template>
  <xsl:template match="bq/block" mode="html"><xsl:apply-templates mode="html"/></xsl:template>
  <xsl:template match="bq/credit" mode="html"><p><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></p></xsl:template>
  <!-- Notes to editors are not printed. -->
  <xsl:template match="note[@noteclass = 'editorsnote' or @type = 'npa'] | ednote | ed-msg" mode="html"/>
</xsl:stylesheet>
