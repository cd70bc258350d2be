<?xml version="1.0" encoding="UTF-8"?>
<!-- NewsML-G2 (IPTC, 2.x) to the story form: newsItem, newsMessage, packageItem, or a contentSet alone.
     Each text item is a story; picture items go to the text that links to them, to the one text of their
     group in a package, or to the only one; where there is no text, each picture item is a story.
     A package whose items are in the same message says their order. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="nitf-parts.xsl"/>

  <xsl:variable name="pictures" select="//newsItem[contains(itemMeta/itemClass/@qcode, ':picture') or contains(itemMeta/itemClass/@qcode, ':graphic')]"/>
  <xsl:variable name="texts" select="//newsItem[not(contains(itemMeta/itemClass/@qcode, ':picture') or contains(itemMeta/itemClass/@qcode, ':graphic'))][not(contains(itemMeta/itemClass/@qcode, ':video') or contains(itemMeta/itemClass/@qcode, ':audio'))]"/>

  <xsl:key name="item" match="newsItem" use="@guid"/>
  <xsl:key name="ref" match="itemRef" use="@residref"/>
  <xsl:key name="groupref" match="groupRef" use="@idref"/>
  <xsl:variable name="refs" select="//packageItem/groupSet//itemRef[key('item', @residref)]"/>

  <!-- Items in the order of a package: from its root, each group where it is first referred to; then those of groups
       that are not reached. -->
  <xsl:variable name="order">
    <xsl:for-each select="//packageItem/groupSet"><xsl:apply-templates select="group[@id = current()/@root]" mode="order"/></xsl:for-each>
    <xsl:for-each select="$refs">|<xsl:value-of select="@residref"/>|</xsl:for-each>
  </xsl:variable>
  <xsl:template match="group" mode="order"><xsl:apply-templates select="itemRef | groupRef" mode="order"/></xsl:template>
  <xsl:template match="itemRef" mode="order">|<xsl:value-of select="@residref"/>|</xsl:template>
  <xsl:template match="groupRef" mode="order">
    <xsl:if test="generate-id() = generate-id(key('groupref', @idref)[1])"><xsl:apply-templates select="ancestor::groupSet/group[@id = current()/@idref]" mode="order"/></xsl:if>
  </xsl:template>

  <xsl:template match="/">
    <edition>
      <xsl:if test="$refs"><xsl:attribute name="title"><xsl:value-of select="normalize-space(($refs[1]/ancestor::packageItem/contentMeta/headline | $refs[1]/ancestor::packageItem/itemMeta/title)[last()])"/></xsl:attribute></xsl:if>
      <xsl:choose>
        <xsl:when test="$texts">
          <xsl:for-each select="$refs[generate-id() = generate-id(key('ref', @residref)[1])]"><xsl:sort select="string-length(substring-before($order, concat('|', @residref, '|')))" data-type="number"/><xsl:for-each select="key('item', @residref)[count(. | $texts) = count($texts)]"><xsl:call-template name="item"/></xsl:for-each></xsl:for-each>
          <xsl:for-each select="$texts[not(key('ref', @guid)[count(. | $refs) = count($refs)])]"><xsl:call-template name="item"/></xsl:for-each>
        </xsl:when>
        <xsl:when test="$pictures"><xsl:for-each select="$pictures"><xsl:call-template name="item"/></xsl:for-each></xsl:when>
        <xsl:when test="contentSet"><xsl:for-each select="contentSet"><story><xsl:call-template name="at"/><xsl:call-template name="content"/></story></xsl:for-each></xsl:when>
        <xsl:otherwise><xsl:for-each select="//packageItem"><xsl:call-template name="package"/></xsl:for-each></xsl:otherwise>
      </xsl:choose>
    </edition>
  </xsl:template>

  <xsl:template name="frame">
    <xsl:variable name="meta" select="itemMeta"/>
    <xsl:variable name="provider" select="$meta/provider"/>
    <xsl:call-template name="at"/>
    <xsl:attribute name="guid"><xsl:value-of select="@guid"/></xsl:attribute>
    <xsl:attribute name="lang"><xsl:value-of select="(@xml:lang | contentMeta/language/@tag | ancestor::newsMessage/@xml:lang | ancestor::newsMessage/@lang)[1]"/></xsl:attribute>
    <xsl:attribute name="urgency"><xsl:value-of select="(contentMeta/urgency | $meta/urgency)[1]"/></xsl:attribute>
    <xsl:attribute name="date"><xsl:value-of select="($meta/versionCreated | $meta/firstCreated | contentMeta/contentCreated)[1]"/></xsl:attribute>
    <xsl:attribute name="publication"><xsl:choose><xsl:when test="$provider/name"><xsl:value-of select="$provider/name[1]"/></xsl:when><xsl:otherwise><xsl:value-of select="$provider/@literal"/></xsl:otherwise></xsl:choose></xsl:attribute>
    <xsl:attribute name="slug"><xsl:value-of select="normalize-space(contentMeta/slugline[1])"/></xsl:attribute>
    <xsl:attribute name="status">
      <xsl:choose>
        <xsl:when test="$meta/signal[contains(@qcode, ':kill')]">canceled</xsl:when>
        <xsl:otherwise><xsl:call-template name="code"><xsl:with-param name="of" select="($meta/pubStatus/@qcode | $meta/pubStatus/@uri)[1]"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
    <xsl:if test="$meta/embargoed"><xsl:attribute name="embargo"><xsl:value-of select="normalize-space($meta/embargoed)"/></xsl:attribute></xsl:if>
    <xsl:if test="$meta/signal[contains(@qcode, ':correction')]"><xsl:attribute name="correction">correction</xsl:attribute></xsl:if>
    <xsl:for-each select="contentMeta/keyword[normalize-space()]"><keyword><xsl:value-of select="."/></keyword></xsl:for-each>
  </xsl:template>

  <xsl:template name="item">
    <xsl:variable name="guid" select="@guid"/>
    <xsl:variable name="links" select="itemMeta/link"/>
    <xsl:variable name="groups" select="key('ref', @guid)/parent::group[count(itemRef[key('item', @residref)[count(. | $texts) = count($texts)]]) = 1]"/>
    <story>
      <xsl:call-template name="frame"/>
      <xsl:variable name="meta" select="contentMeta"/>
      <xsl:variable name="subs" select="$meta/headline[contains(@role, 'sub') or contains(@role, 'Sub') or contains(@role, 'deck')]"/>
      <xsl:variable name="main" select="$meta/headline[not(contains(@role, 'sub') or contains(@role, 'Sub') or contains(@role, 'deck'))][normalize-space()]"/>
      <xsl:choose>
        <xsl:when test="$main[contains(@role, ':main')]"><xsl:apply-templates select="$main[contains(@role, ':main')][1]" mode="headline"/></xsl:when>
        <xsl:when test="$main"><xsl:for-each select="$main"><xsl:sort select="@rank" data-type="number"/><xsl:if test="position() = 1"><xsl:apply-templates select="." mode="headline"/></xsl:if></xsl:for-each></xsl:when>
      </xsl:choose>
      <xsl:for-each select="$subs"><xsl:call-template name="part"><xsl:with-param name="name" select="'deck'"/></xsl:call-template></xsl:for-each>
      <xsl:if test="not($subs)">
        <xsl:for-each select="$meta/description[contains(@role, 'summary') or contains(@role, 'abstract') or contains(@role, 'lead')][normalize-space()][1]"><deck><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></deck></xsl:for-each>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="$meta/by[normalize-space()]"><xsl:for-each select="$meta/by[normalize-space()][1]"><byline><xsl:call-template name="at"/><xsl:value-of select="."/></byline></xsl:for-each></xsl:when>
        <xsl:when test=".//byline[normalize-space()]"/>
        <xsl:otherwise><xsl:for-each select="$meta/creator[not(contains(@type, 'org'))]/name[contains(normalize-space(), ' ')]"><byline><xsl:call-template name="at"/><name><xsl:value-of select="normalize-space()"/></name></byline></xsl:for-each></xsl:otherwise>
      </xsl:choose>
      <xsl:for-each select="$meta/dateline[normalize-space()][not(contains('0123456789', substring(normalize-space(), 1, 1)))][1]"><dateline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></dateline></xsl:for-each>
      <xsl:for-each select="contentSet">
        <xsl:call-template name="content"/>
        <xsl:for-each select=".."><xsl:call-template name="picture"/></xsl:for-each>
      </xsl:for-each>
      <xsl:if test="not(contains(itemMeta/itemClass/@qcode, ':picture'))">
        <xsl:for-each select="$pictures[count($texts) = 1 or @guid = $links/@residref or @guid = $groups/itemRef/@residref or itemMeta/link/@residref = $guid]"><xsl:call-template name="picture"/></xsl:for-each>
      </xsl:if>
      <xsl:for-each select="itemMeta/title[normalize-space()][1]"><headline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></headline></xsl:for-each>
      <xsl:call-template name="rights"/>
    </story>
  </xsl:template>
  <xsl:template match="headline" mode="headline"><headline><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></headline></xsl:template>

  <!-- The text: NITF, HTML, some other XML, or data. The first headline of a story counts, so these come after the frame's. -->
  <xsl:template name="content">
    <xsl:variable name="inline" select="inlineXML[normalize-space()][1]"/>
    <xsl:choose>
      <xsl:when test="$inline/nitf"><xsl:for-each select="$inline/nitf[1]">
        <xsl:call-template name="nitf-headline"/><xsl:call-template name="nitf-decks"/>
        <xsl:if test="not(ancestor::newsItem/contentMeta/by[normalize-space()])"><xsl:call-template name="nitf-bylines"/></xsl:if>
        <xsl:if test="not(ancestor::newsItem/contentMeta/dateline[normalize-space()])"><xsl:call-template name="nitf-datelines"/></xsl:if>
        <xsl:call-template name="nitf-body"/>
      </xsl:for-each></xsl:when>
      <xsl:when test="$inline/html"><xsl:for-each select="$inline/html[1]">
        <xsl:for-each select="(body//h1)[normalize-space()][1]"><headline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></headline></xsl:for-each>
        <xsl:for-each select="body//aside[normalize-space()][not(ancestor::aside)]"><side><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></side></xsl:for-each>
        <xsl:for-each select="body"><body><xsl:call-template name="at"/><xsl:apply-templates select="node()[not(self::header)]" mode="html"/>
          <!-- A release's logo stands behind its text. -->
          <xsl:for-each select="ancestor::newsItem/assert/remoteInfo[starts-with(@contenttype, 'image')]"><figure><xsl:call-template name="at"/><img src="{@href}" alt="{normalize-space(name)}"><xsl:call-template name="at"/></img></figure></xsl:for-each>
        </body></xsl:for-each>
      </xsl:for-each></xsl:when>
      <xsl:when test="$inline"><xsl:for-each select="$inline"><body><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></body></xsl:for-each></xsl:when>
      <xsl:when test="inlineData[normalize-space()]"><xsl:for-each select="inlineData[normalize-space()][1]"><body><xsl:call-template name="at"/><xsl:copy-of select="n2p:html(.)"/></body></xsl:for-each></xsl:when>
    </xsl:choose>
  </xsl:template>
  <!-- Notes to the desks of other newsrooms. -->
  <xsl:template match="section[@class = 'notepad'] | footer" mode="html"/>
  <!-- Whom to ask, and notes for whoever prints this: beside the text. -->
  <xsl:template match="aside" mode="html"/>

  <!-- The widest rendition that is a picture and is there. -->
  <xsl:template name="picture">
    <xsl:variable name="renditions" select="contentSet/remoteContent[starts-with(@contenttype, 'image') or not(@contenttype)][not(@hascontent = 'false')][@href != '' or @residref != '']"/>
    <xsl:variable name="widest"><xsl:for-each select="$renditions"><xsl:sort select="concat('0', @width)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="generate-id()"/></xsl:if></xsl:for-each></xsl:variable>
    <xsl:variable name="item" select="."/>
    <xsl:for-each select="$renditions[generate-id() = $widest]">
      <picture width="{@width}" height="{@height}"><xsl:call-template name="at"/>
        <xsl:attribute name="src"><xsl:choose><xsl:when test="@href != ''"><xsl:value-of select="@href"/></xsl:when><xsl:otherwise><xsl:value-of select="@residref"/></xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:if test="contains($item/itemMeta/itemClass/@qcode, ':picture')">
          <xsl:for-each select="($item/contentMeta/description[contains(@role, 'caption')] | $item/contentMeta/description[not(contains(../description/@role, 'caption'))])[normalize-space()][1]"><caption><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></caption></xsl:for-each>
          <xsl:for-each select="($item/contentMeta/creditline | $item/contentMeta/by)[normalize-space()][last()]"><credit><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></credit></xsl:for-each>
        </xsl:if>
      </picture>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="rights">
    <xsl:variable name="lang" select="substring(concat(@xml:lang, contentMeta/language/@tag), 1, 2)"/>
    <xsl:variable name="notices" select="rightsInfo/copyrightNotice[normalize-space()]"/>
    <xsl:variable name="holder" select="rightsInfo/copyrightHolder"/>
    <xsl:choose>
      <xsl:when test="$notices[starts-with(@xml:lang, $lang)]"><xsl:for-each select="$notices[starts-with(@xml:lang, $lang)][1]"><copyright><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></copyright></xsl:for-each></xsl:when>
      <xsl:when test="$notices"><xsl:for-each select="$notices[1]"><copyright><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></copyright></xsl:for-each></xsl:when>
      <xsl:when test="normalize-space($holder/name) or $holder/@literal != ''"><xsl:for-each select="$holder[1]"><copyright><xsl:call-template name="at"/>&#169; <xsl:choose><xsl:when test="normalize-space(name)"><xsl:value-of select="normalize-space(name[1])"/></xsl:when><xsl:otherwise><xsl:value-of select="@literal"/></xsl:otherwise></xsl:choose></copyright></xsl:for-each></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A package whose items are elsewhere: the list of their titles. -->
  <xsl:template name="package">
    <story>
      <xsl:call-template name="frame"/>
      <xsl:for-each select="(contentMeta/headline | itemMeta/title)[normalize-space()][last()]"><headline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></headline></xsl:for-each>
      <body><ul><xsl:for-each select="groupSet//itemRef"><li><xsl:call-template name="at"/><xsl:value-of select="normalize-space((headline | title)[1])"/></li></xsl:for-each></ul></body>
      <xsl:call-template name="rights"/>
    </story>
  </xsl:template>
</xsl:stylesheet>
