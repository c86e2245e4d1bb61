"""Scrapy's settings. What an operator decides stands in newscrawler.toml, what a newsroom needs in its own file."""

from newscrawler.project import use_project

use_project()

BOT_NAME = "newscrawler"
SPIDER_LOADER_CLASS = "spiders.loader.NewsroomLoader"
SPIDER_MODULES: list[str] = []
ROBOTSTXT_USER_AGENT = "newscrawler"

# The queue, the seen-set and the journal are the store's table of addresses: no JOBDIR, no dupefilter in memory.
SCHEDULER = "spiders.fetching.scheduler.FrontierScheduler"
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

# Nothing listens (see the extensions), nothing is sent to other schemes, nothing goes around the address guard.
HTTPPROXY_ENABLED = False
COOKIES_ENABLED = False
METAREFRESH_ENABLED = False
REFERRER_POLICY = "no-referrer"
ROBOTSTXT_OBEY = False
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
TWISTED_DNS_RESOLVER = "spiders.fetching.address_guard.GuardedResolver"
DOWNLOAD_HANDLERS = {
    "http": "spiders.fetching.handlers.LiveDownloadHandler",
    "https": "spiders.fetching.handlers.LiveDownloadHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True

# One request at a time a host. A hundred tasks for every response, Scrapy's default, cost a quarter of the CPU.
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_ITEMS = 1
DOWNLOAD_DELAY_JITTER = 0.0
DOWNLOAD_FAIL_ON_DATALOSS = True
# 429 and 503 are answered by the next run, not by asking again at once.
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
REDIRECT_MAX_TIMES = 5
DNSCACHE_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "spiders.fetching.credentials.NoCredentialsMiddleware": 10,
    "spiders.fetching.own_hosts.OwnHostsMiddleware": 50,
    "spiders.fetching.host_rest.HostRestMiddleware": 60,
    "spiders.fetching.robots.RobotsMiddleware": 100,
    "spiders.fetching.request_budget.RequestBudgetMiddleware": 110,
    "spiders.fetching.address_guard.AddressGuardMiddleware": 560,
    "spiders.fetching.decoding.DecodingMiddleware": 590,
    "spiders.fetching.cut_off.CutOffMiddleware": 1000,
}
DOWNLOADER_STATS = False
# Scrapy imports even those of its own that are switched off, and aiohttp with one of them: a tenth of a run's time.
EXTENSIONS_BASE = {
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
EXTENSIONS = {"spiders.ledger.CrawlLedger": 0}
ITEM_PIPELINES = {
    "pipelines.scrapy_steps.ValidatePipeline": 100,
    "pipelines.scrapy_steps.CleanPipeline": 200,
    "pipelines.scrapy_steps.LanguagePipeline": 300,
    "pipelines.scrapy_steps.RegionsPipeline": 400,
    "pipelines.scrapy_steps.TopicsPipeline": 500,
    "pipelines.scrapy_steps.DedupePipeline": 600,
    "pipelines.scrapy_steps.StorePipeline": 900,
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "WARNING"
LOG_FORMATTER = "spiders.quiet_log.QuietLogFormatter"
