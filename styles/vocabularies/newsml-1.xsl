<?xml version="1.0" encoding="UTF-8"?>
<!-- NewsML 1.0 to 1.2 (IPTC) to the story form: one story per NewsItem. Components nest freely, so
     parts are found by their roles, never by depth. A component that holds nothing but renditions of a
     picture and its caption is a picture; its lines are not the story's. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:n2p="urn:news2pdf" exclude-result-prefixes="n2p">
  <xsl:import href="nitf-parts.xsl"/>

  <xsl:key name="photos" match="ContentItem[@Href != ''][MediaType/@FormalName = 'Photo' or MediaType/@FormalName = 'Graphic' or starts-with(MimeType/@FormalName, 'image') or contains(Format/@FormalName, 'JP') or contains(Format/@FormalName, 'jp') or contains(@Href, '.jp') or contains(@Href, '.png')]" use="generate-id(ancestor::NewsItem[1])"/>

  <xsl:template match="/NewsML">
    <edition><xsl:for-each select="NewsItem"><xsl:call-template name="item"/></xsl:for-each></edition>
  </xsl:template>

  <xsl:template name="item">
    <xsl:variable name="texts" select=".//ContentItem[DataContent[normalize-space()]][not(../Role/@FormalName = 'Caption')]"/>
    <xsl:variable name="photos" select="key('photos', generate-id())"/>
    <xsl:variable name="alone" select=".//NewsComponent[count(.//ContentItem | ContentItem) &gt; 0][.//ContentItem[count($photos | .) = count($photos)]][not(.//ContentItem[count($texts | .) = count($texts)])]"/>
    <xsl:variable name="groups" select="$alone[not(ancestor::NewsComponent[count($alone | .) = count($alone)])]"/>
    <xsl:variable name="lines" select=".//NewsLines[not(ancestor::NewsComponent[count($groups | .) = count($groups)])]"/>
    <xsl:variable name="candidates" select="$texts[not(../Role[@FormalName = 'Title' or @FormalName = 'Lead' or @FormalName = 'Headline' or @FormalName = 'HeadLine' or @FormalName = 'StyleSheet' or @FormalName = 'Abstract' or @FormalName = 'Summary'])][not(contains(MimeType/@FormalName, 'css'))]"/>
    <xsl:variable name="long" select="$candidates[string-length(DataContent) &gt; 300]"/>
    <xsl:variable name="bodies" select="$candidates[not($long)] | $long"/>
    <xsl:variable name="manage" select="NewsManagement"/>
    <story guid="{Identification//PublicIdentifier}" date="{($manage/ThisRevisionCreated | $manage/FirstCreated)[1]}" urgency="{($manage/Urgency/@FormalName | $manage/Urgency)[1]}" status="{$manage/Status/@FormalName}"
           publication="{(.//Provider/Party/@FormalName)[1]}">
      <xsl:call-template name="at"/>
      <xsl:attribute name="lang"><xsl:value-of select="($bodies[1]/ancestor::NewsComponent[@xml:lang][1]/@xml:lang | .//DescriptiveMetadata/Language/@FormalName)[last()]"/></xsl:attribute>
      <xsl:if test="contains($manage/Status/@FormalName, 'mbargo')"><xsl:attribute name="embargo"><xsl:value-of select="$manage/StatusWillChange/DateAndTime"/></xsl:attribute></xsl:if>
      <xsl:for-each select="$lines/KeywordLine[normalize-space()]"><keyword><xsl:value-of select="."/></keyword></xsl:for-each>
      <xsl:for-each select="$lines/NewsLine[NewsLineType/@FormalName = 'CatchWord']/NewsLineText[normalize-space()]"><kicker><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></kicker></xsl:for-each>
      <xsl:for-each select="$lines/HeadLine[normalize-space()]"><headline><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></headline></xsl:for-each>
      <xsl:for-each select="$lines/SubHeadLine[normalize-space()]"><deck><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></deck></xsl:for-each>
      <xsl:for-each select="$texts[../Role/@FormalName = 'Lead'][1]/DataContent"><deck><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></deck></xsl:for-each>
      <xsl:for-each select="$lines/ByLine[normalize-space()]"><byline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></byline></xsl:for-each>
      <xsl:for-each select="$lines/DateLine[normalize-space()][not(contains('0123456789', substring(normalize-space(), 1, 1)))][1]"><dateline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></dateline></xsl:for-each>
      <xsl:for-each select="$bodies[1]/DataContent"><xsl:call-template name="data"/></xsl:for-each>
      <xsl:for-each select="$groups">
        <xsl:variable name="renditions" select=".//ContentItem[count($photos | .) = count($photos)]"/>
        <xsl:variable name="widest"><xsl:for-each select="$renditions"><xsl:sort select="concat('0', Characteristics/Property[@FormalName = 'Width' or @FormalName = 'PixelWidth']/@Value)" data-type="number" order="descending"/><xsl:if test="position() = 1"><xsl:value-of select="generate-id()"/></xsl:if></xsl:for-each></xsl:variable>
        <xsl:variable name="group" select="."/>
        <xsl:for-each select="$renditions[generate-id() = $widest]">
          <picture src="{@Href}" width="{Characteristics/Property[@FormalName = 'Width' or @FormalName = 'PixelWidth']/@Value}" height="{Characteristics/Property[@FormalName = 'Height' or @FormalName = 'PixelHeight']/@Value}"><xsl:call-template name="at"/>
            <xsl:for-each select="($group//ContentItem[../Role/@FormalName = 'Caption']/DataContent)[normalize-space()][1]"><caption><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></caption></xsl:for-each>
            <xsl:for-each select="($group//CreditLine)[normalize-space()][1]"><credit><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></credit></xsl:for-each>
          </picture>
        </xsl:for-each>
      </xsl:for-each>
      <xsl:choose>
        <xsl:when test="$lines/CopyrightLine[normalize-space()]"><xsl:for-each select="($lines/CopyrightLine[normalize-space()])[1]"><copyright><xsl:call-template name="at"/><xsl:value-of select="n2p:text(.)"/></copyright></xsl:for-each></xsl:when>
        <xsl:otherwise><xsl:for-each select="(.//RightsMetadata/Copyright)[1]"><copyright><xsl:call-template name="at"/>&#169; <xsl:value-of select="normalize-space(concat(CopyrightDate, ' ', CopyrightHolder))"/></copyright></xsl:for-each></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="not($lines/HeadLine[normalize-space()])"><xsl:for-each select="Identification/NameLabel[normalize-space()]"><headline><xsl:call-template name="at"/><xsl:value-of select="normalize-space()"/></headline></xsl:for-each></xsl:if>
    </story>
  </xsl:template>

  <!-- Format and MimeType often lie: what is there decides. -->
  <xsl:template name="data">
    <xsl:choose>
      <xsl:when test="nitf"><xsl:for-each select="nitf[1]"><xsl:call-template name="nitf-headline"/><xsl:call-template name="nitf-decks"/><xsl:call-template name="nitf-bylines"/><xsl:if test="not(ancestor::NewsItem//DateLine[normalize-space()])"><xsl:call-template name="nitf-datelines"/></xsl:if><xsl:call-template name="nitf-body"/></xsl:for-each></xsl:when>
      <xsl:when test="html/body"><xsl:for-each select="html[1]/body"><body><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></body></xsl:for-each></xsl:when>
      <xsl:when test="*"><body><xsl:call-template name="at"/><xsl:apply-templates mode="html"/></body></xsl:when>
      <xsl:otherwise><body><xsl:call-template name="at"/><xsl:copy-of select="n2p:html(.)"/></body></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- A place in the text for a picture that is a component of its own. -->
  <xsl:template match="media[starts-with(media-reference/@data-location, '#')]" mode="html"/>
</xsl:stylesheet>
