<?xml version="1.0" encoding="UTF-8"?>
<!-- What all vocabularies share: places are carried over, and HTML is copied as it is (news2pdf cleans
     it afterwards). The sheets write the story form of docs/article.md.
     A match pattern for many elements must not have a predicate: libxslt then counts siblings each time. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:output method="xml"/>

  <!-- The place of the current element in its file. -->
  <xsl:template name="at"><xsl:copy-of select="@n2p:at"/></xsl:template>

  <!-- An element of the story form with the text or the inline content of the current one. -->
  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:element name="{$name}"><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></xsl:element>
  </xsl:template>

  <xsl:template match="*" mode="html">
    <xsl:element name="{local-name()}">
      <xsl:call-template name="at"/>
      <xsl:copy-of select="@*[namespace-uri()='']"/>
      <xsl:apply-templates mode="html"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="text()" mode="html"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="svg:*" mode="html" xmlns:svg="http://www.w3.org/2000/svg"/>

  <!-- The part behind the colon of a QCode: "stat:usable" is "usable". -->
  <xsl:template name="code">
    <xsl:param name="of"/>
    <xsl:choose>
      <xsl:when test="contains($of, ':')"><xsl:value-of select="substring-after($of, ':')"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$of"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
