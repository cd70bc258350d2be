<?xml version="1.0" encoding="UTF-8"?>
<!-- schema.org articles as JSON-LD documents to the story form: NewsArticle and its kin, alone, in a list or in @graph. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="json.xsl"/>

  <xsl:template match="/">
    <xsl:variable name="objects" select="json | json/item | json/graph | json/item/graph | json/mainEntity | json/itemListElement/item | json/mainEntity/itemListElement/item"/>
    <edition><xsl:for-each select="$objects[articleBody or headline or contains(type[1], 'Article') or contains(type[1], 'Posting')][position() &lt;= $items]"><xsl:call-template name="item"/></xsl:for-each></edition>
  </xsl:template>

  <xsl:template name="item">
    <story guid="{(identifier[not(*)] | id | url)[1]}" lang="{inLanguage[not(*)] | inLanguage/alternateName}" date="{(datePublished | dateCreated)[1]}" updated="{dateModified}" section="{articleSection[1]}" publication="{publisher/name}">
      <xsl:call-template name="at"/>
      <xsl:if test="correction"><xsl:attribute name="correction">correction</xsl:attribute></xsl:if>
      <xsl:for-each select="keywords[not(*)]"><xsl:call-template name="value"><xsl:with-param name="name" select="'keyword'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="(headline | name)[normalize-space()]"><xsl:call-template name="value"><xsl:with-param name="name" select="'headline'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="alternativeHeadline | abstract[not(../alternativeHeadline)] | description[not(../alternativeHeadline or ../abstract)]"><xsl:call-template name="value"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="author | creator[not(../author)]">
        <xsl:for-each select="name | self::*[not(*)]"><xsl:if test="normalize-space() and not(starts-with(., 'http'))"><byline><xsl:call-template name="at"/><name><xsl:value-of select="n2p:text(.)"/></name></byline></xsl:if></xsl:for-each>
      </xsl:for-each>
      <xsl:for-each select="(dateline | locationCreated/name | contentLocation/name)[normalize-space()][1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'dateline'"/></xsl:call-template></xsl:for-each>
      <xsl:for-each select="(articleBody | text)[normalize-space()][1]"><body><xsl:call-template name="at"/><xsl:call-template name="blocks"/></body></xsl:for-each>
      <xsl:for-each select="image">
        <xsl:variable name="src" select="(url[not(*)] | url/id | contentUrl | self::*[not(*)])[1]"/>
        <picture src="{$src}" width="{width[not(*)] | width/value}" height="{height[not(*)] | height/value}"><xsl:call-template name="at"/>
          <xsl:for-each select="(caption | description[not(../caption)])[1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'caption'"/></xsl:call-template></xsl:for-each>
          <xsl:for-each select="(creditText | creator/name[not(../../creditText)])[1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'credit'"/></xsl:call-template></xsl:for-each>
        </picture>
      </xsl:for-each>
      <xsl:choose>
        <xsl:when test="copyrightNotice"><xsl:for-each select="copyrightNotice[1]"><xsl:call-template name="value"><xsl:with-param name="name" select="'copyright'"/></xsl:call-template></xsl:for-each></xsl:when>
        <xsl:when test="copyrightHolder"><copyright><xsl:call-template name="at"/>&#169; <xsl:value-of select="normalize-space(concat(copyrightYear, ' ', copyrightHolder/name, copyrightHolder[not(*)]))"/></copyright></xsl:when>
      </xsl:choose>
    </story>
  </xsl:template>
</xsl:stylesheet>
