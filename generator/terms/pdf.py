"""What is said about engines, conversions and pages."""

from __future__ import annotations

from generator.terms import Text

UNKNOWN_ENGINE = Text(
    "没有名为“{name}”的 PDF 引擎。可用: {names}", "there is no PDF engine '{name}'. There are: {names}"
)
HANGS = Text(
    "PDF 引擎 {name} 超过 {seconds} 秒没有完成,已停止: 请缩短最长的文字后再试",
    "PDF engine {name} did not finish in {seconds} s and was stopped: shorten the longest text and try again",
)
DIED = Text("PDF 引擎 {name} 意外退出: 请再试一次", "PDF engine {name} ended unexpectedly: try again")
FAILED = Text("PDF 引擎 {name} 转换失败: {reason}", "PDF engine {name} could not convert: {reason}")
NO_PDF = Text(
    "PDF 引擎 {name} 没有给出完整的 PDF: 请再试一次", "PDF engine {name} gave no PDF that is whole: try again"
)
NO_WORD_FILE = Text(
    "这不是 Word 文件: 请用 Word 打开模板,另存为 .docx",
    "this is no Word file: open the template in Word and save it as .docx",
)
NO_OFFICE = Text(
    "没有找到 LibreOffice: 请安装,或在公司设置里把 pdf_engine 改为 rdocx",
    "LibreOffice was not found: install it, or set pdf_engine to rdocx in the organisation's settings",
)
NO_WORD = Text(
    "Microsoft Word 引擎只能在装有 Word 和 pywin32 的 Windows 上使用",
    "the Microsoft Word engine works only on Windows with Word and pywin32",
)

NO_DASK = Text(
    "没有安装 Dask: 请运行 pip install 'wenkong[cluster]'，各工作节点同样安装",
    "Dask is not installed: run pip install 'wenkong[cluster]', on the workers too",
)
NO_CLUSTER = Text(
    "{address} 没有可用的 Dask 集群（{reason}）: 请核对地址，例如 tcp://10.0.0.5:8786，并启动 dask scheduler 和"
    " dask worker",
    "no Dask cluster is at work at {address} ({reason}): check the address, such as tcp://10.0.0.5:8786, and start"
    " dask scheduler and dask worker",
)
NO_WENKONG = Text(
    "{address} 的工作节点没有安装 wenkong（{reason}）: 请在各节点安装同一版本",
    "a worker at {address} lacks wenkong ({reason}): install the same version on every worker",
)
OTHER_WORKER = Text(
    "工作节点 {worker} 的程序、字体或 PDF 引擎与本机不同（{theirs}，本机 {ours}），做出的文件会不一样: 请安装同一版本",
    "worker {worker} has another program, font or PDF engine ({theirs}, ours {ours}) and would make other files:"
    " install the same version there",
)
CLUSTER_LOST = Text(
    "与 {address} 的集群失去联系（{reason}）: 已完成的表单都在，请重新启动集群后再运行一次",
    "the cluster at {address} was lost ({reason}): the sheets that were finished are there; start it and run once more",
)

FONT = Text(
    "字体 {name} 没有嵌入 PDF: 请运行 wenkong doctor", "font {name} is not embedded in the PDF: run wenkong doctor"
)
OTHER_FONT = Text(
    "PDF 用了别的字体 {name}: 模板里有一段文字没有用 Noto Sans SC",
    "the PDF uses another font, {name}: a text of the template is not set in Noto Sans SC",
)
NO_NUMBER = Text(
    "第 {page} 页没有编号 {number}: 请检查模板页眉", "page {page} lacks the number {number}: see the template's header"
)
NO_REVISION = Text(
    "第 {page} 页没有版本 {revision}: 请检查模板页眉",
    "page {page} lacks the revision {revision}: see the template's header",
)
NO_PAGE = Text(
    "第 {page} 页没有页码 {page}/{pages}: 请检查模板页眉",
    "page {page} lacks its page number {page}/{pages}: see the template's header",
)
LOST = Text(
    "字段 {key} 的文字没有完整打印（“{text}”）: 请缩短文字或加大单元格",
    "the text of field {key} is not whole on paper ('{text}'): shorten it or enlarge its cell",
)
ALONE = Text(
    "签署栏单独落在最后一页: 请缩短前面最长的文字",
    "the signature block stands alone on the last page: shorten the longest text before it",
)
OVER = Text(
    "第 {page} 页有文字超出纸张: 请缩短这一页最长的文字",
    "text runs over the edge of page {page}: shorten the longest text on it",
)
