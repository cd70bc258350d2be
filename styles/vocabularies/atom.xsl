<?xml version="1.0" encoding="UTF-8"?>
<!-- Atom (RFC 4287, and 0.3) to the story form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" xmlns:media="http://search.yahoo.com/mrss/" exclude-result-prefixes="n2p media">
  <xsl:import href="common.xsl"/>
  <xsl:param name="items" select="1000000000"/>

  <xsl:template match="/">
    <edition title="{n2p:text(feed/title)}" publication="{n2p:text(feed/title)}" lang="{feed/@xml:lang}" copyright="{n2p:text((feed/rights | feed/copyright)[1])}">
      <xsl:for-each select="(feed/entry | entry)[position() &lt;= $items]"><xsl:call-template name="entry"/></xsl:for-each>
    </edition>
  </xsl:template>

  <xsl:template name="entry">
    <xsl:variable name="content" select="content[* or normalize-space()][1]"/>
    <story guid="{id}" date="{(published | issued | updated | modified)[1]}" updated="{(updated | modified)[1]}" section="{(category/@label | category/@term)[1]}" lang="{(@xml:lang | content/@xml:lang | title/@xml:lang)[1]}">
      <xsl:call-template name="at"/>
      <xsl:for-each select="category"><keyword><xsl:value-of select="(@label | @term)[1]"/></keyword></xsl:for-each>
      <xsl:for-each select="title[normalize-space()]"><headline><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></headline></xsl:for-each>
      <xsl:if test="$content"><xsl:for-each select="summary[normalize-space()][1]"><deck><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></deck></xsl:for-each></xsl:if>
      <xsl:for-each select="(author/name | source/author/name[not(../../../author)] | ../author/name[not(current()/author or current()/source/author)])[normalize-space()]"><byline><xsl:call-template name="at"/><name><xsl:value-of select="normalize-space()"/></name></byline></xsl:for-each>
      <xsl:for-each select="link[@rel = 'enclosure'][starts-with(@type, 'image')]"><picture src="{@href}"><xsl:call-template name="at"/></picture></xsl:for-each>
      <xsl:for-each select="media:content[@medium = 'image' or starts-with(@type, 'image')] | media:group/media:content[@medium = 'image' or starts-with(@type, 'image')]">
        <picture src="{@url}"><xsl:call-template name="at"/>
          <xsl:for-each select="(media:description | ../self::media:group/media:description)[normalize-space()][1]"><caption><xsl:value-of select="n2p:text(.)"/></caption></xsl:for-each>
          <xsl:for-each select="(media:credit | ../self::media:group/media:credit)[normalize-space()][1]"><credit><xsl:value-of select="n2p:text(.)"/></credit></xsl:for-each>
        </picture>
      </xsl:for-each>
      <xsl:for-each select="($content | summary[not($content)])[1]">
        <body base="{ancestor-or-self::*[@xml:base][1]/@xml:base}"><xsl:call-template name="at"/>
          <xsl:choose><xsl:when test="*"><xsl:apply-templates mode="html"/></xsl:when><xsl:otherwise><xsl:copy-of select="n2p:html(.)"/></xsl:otherwise></xsl:choose>
        </body>
      </xsl:for-each>
      <xsl:for-each select="(rights | copyright)[normalize-space()][1]"><copyright><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></copyright></xsl:for-each>
    </story>
  </xsl:template>
</xsl:stylesheet>
