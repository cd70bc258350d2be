<?xml version="1.0" encoding="UTF-8"?>
<!-- What vocabularies in JSON share: the document is <json> with the members as elements (src/input/json.c). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="nitf-parts.xsl"/>
  <xsl:param name="items" select="1000000000"/>

  <!-- An element of the story form with the current value as plain text. -->
  <xsl:template name="value">
    <xsl:param name="name"/>
    <xsl:if test="normalize-space()"><xsl:element name="{$name}"><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></xsl:element></xsl:if>
  </xsl:template>

  <!-- The current value as blocks: markup is markup, other text is lines. -->
  <xsl:template name="blocks">
    <xsl:choose>
      <xsl:when test="contains(., '&lt;/') or contains(., '&lt;br') or contains(., '&lt;p&gt;')"><xsl:apply-templates select="n2p:html(.)" mode="html"/></xsl:when>
      <xsl:otherwise><xsl:copy-of select="n2p:lines(.)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
