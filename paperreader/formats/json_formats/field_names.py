"""The names under which JSON data sets keep what is known about a paper."""

# Names as `plain_name` makes them, in order of preference: lower case, letters and digits only.
TITLE = tuple(
    """
    title papertitle titles articletitle documenttitle headline casename nameofact
    """.split()
)
ABSTRACT = tuple(
    """
    abstract abstracts abstracttext paperabstract abstractnote abs summary description
    descriptions tldr
    """.split()
)
SUMMARY = ("summary", "tldr", "aisummary", "description")
AUTHORS = tuple(
    """
    authors author authornames authorlist authorstring creators creator dccreator authorsparsed
    paperauthors
    """.split()
)
PUBLISHED = tuple(
    """
    published date publicationdate publisheddate publishedat datepublished pubdate issued
    publishedprint publishedonline coverdate firstpublicationdate pdate year publicationyear
    pubyear yearpublished
    """.split()
)
# Dates of a manuscript or of its record, which stand for that of publication if there is none.
CREATED = ("submitted", "submitteddate", "earliestdate", "preprintdate", "cdate", "created")
UPDATED = ("updated", "updateddate", "updatedat", "updatedate", "lastupdated", "modified", "mdate")
VENUE = tuple(
    """
    venue journal journalref booktitle containertitle conference publicationtitle
    publicationname proceeding proceedings journaltitle proceedingstitle encyclopediatitle
    dictionarytitle blogtitle websitetitle forumtitle pub
    """.split()
)
CATEGORIES = tuple(
    """
    categories arxivcategories category subjects subject fieldsofstudy primaryarea
    primarycategory primary
    """.split()
)
KEYWORDS = ("keywords", "keyword", "tags", "manualtags", "indexterms", "topics", "tasks")
COMMENT = ("comment", "comments", "arxivcomment")
# Counts of comments; where the value is text it is a comment, as arXiv's is.
COMMENTS = ("comments", "numcomments", "commentcount")
UPVOTES = ("upvotes", "votes", "likes")
STARS = ("stars", "githubstars", "stargazerscount")
ORGANIZATION = ("organization", "organisation", "affiliation")
PAGES = tuple(
    """
    url link urlabs absurl paperurlabs site paperurl pageurl htmlurl articleurl landingpageurl
    entryid ee page paperlink permalink oa
    """.split()
)
PDFS = ("pdf", "pdfurl", "urlpdf", "paperurlpdf", "pdflink", "downloadurl", "openaccesspdf")
CODE = tuple(
    """
    code github githuburl githubrepo codeurl repo repository codelink repourl officialcode
    codelinks codeurls githublink
    """.split()
)
PROJECT = ("project", "projectpage", "projecturl", "website", "homepage")
SCHEMES = {
    "arxiv": ("arxivid", "paperarxivid", "arxiv", "eprint", "arxiveprints", "archiveid"),
    "doi": ("doi", "dois", "paperdoi", "doinumber", "articledoi"),
    "acl": ("aclid", "anthologyid", "acl"),
    "openreview": ("openreviewid", "forum"),
    "pmid": ("pmid", "pubmedid", "pubmed"),
    "pmcid": ("pmcid", "pubmedcentral"),
}

# Other facts, and their biblatex fields.
FIELDS = {
    "volume": "volume", "issue": "number", "number": "number", "pages": "pages", "page": "page",
    "pageinfo": "pages", "pagerange": "pages", "journalvolume": "volume", "journalissue": "number",
    "artid": "eid", "articlenumber": "eid",
    "publisher": "publisher", "place": "location", "series": "series", "edition": "edition",
    "issn": "issn", "language": "language", "shorttitle": "shorttitle", "reporttype": "type",
    "thesistype": "type", "university": "school", "journalabbreviation": "shortjournal",
    "conferencename": "eventtitle", "numpages": "pagetotal", "rights": "rights",
}  # fmt: skip
PAGE_ENDS = (("firstpage", "lastpage"), ("pagestart", "pageend"), ("startpage", "endpage"))
# Objects, or lists with one, of where a paper appeared.
APPEARANCES = ("biblio", "journal", "journalinfo", "publicationinfo")
# Lists or objects of identifiers.
ID_LISTS = ("identifier", "identifiers", "articleids", "externalids", "ids")
