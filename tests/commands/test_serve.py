from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from generator.commands import form
from generator.terms import Language
from tests import build
from tests.conftest import PINNED, commit

EVIL = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
RECORD = "records/loan/2026/TL-2026-0001.yaml"
SECOND = """\
number: TL-2026-0002
created_on: 2026-04-02
state: returned
remark: 凹模镶块裂纹 crack
lent_on: 2026-03-02
tool: 钻头
"""
NUMBERS = "return [...document.querySelectorAll('.row .number')].map(each => each.textContent)"
PICTURE = "const found = document.querySelector('.sheet img'); return found && found.naturalWidth"
FINDINGS = "return document.querySelector('[data-view=findings] span').textContent"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("serve") / "仓库 repo"
    evil = build.RECORD.replace("tool: 扳手 wrench & co <w:p> {{ 7*7 }}", f"tool: '{EVIL}'").replace("第一行", EVIL)
    build.repository(root, TL_2026_0001=evil, TL_2026_0002=SECOND)
    (root / "secret.txt").write_text("secret", "utf-8")
    form.draw(root, (), force=False, language=Language.EN, say=lambda _: None)
    commit(root, "first")
    return root


@pytest.fixture(scope="module")
def port(root: Path) -> Iterator[int]:
    """The port of the real program serving the small repository, which Ctrl-C ends clean."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = (sys.executable, "-m", "generator", "--root", str(root), "--lang", "en", "serve", "--port", "0")
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **PINNED})
    assert process.stdout
    match = re.search(rb"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
    assert match
    yield int(match[1])
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert (process.returncode, rest.decode().strip()) == (0, "Ended.")


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """A real Chromium without a window; `.ci/test` installs it where it is missing."""
    options = webdriver.ChromeOptions()
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    options.binary_location = next(filter(None, found), "")
    for each in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,900"):
        options.add_argument(each)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


def asked(port: int, path: str, method: str = "GET", host: str = "") -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, answer.read(), {key.lower(): value for key, value in answer.getheaders()}
    connection.close()
    return found


def until(driver: webdriver.Chrome, question: Callable[[], Any]) -> None:
    redrawn = (StaleElementReferenceException,)
    WebDriverWait(driver, 20, poll_frequency=0.05, ignored_exceptions=redrawn).until(lambda _: question())


def shown(driver: webdriver.Chrome) -> list[str]:
    return [str(each) for each in driver.execute_script(NUMBERS)]


def ready(driver: webdriver.Chrome, port: int) -> None:
    driver.get("about:blank")
    driver.get(f"http://127.0.0.1:{port}/")
    until(driver, lambda: "TL-2026-0001" in shown(driver))


def test_it_answers_only_by_its_own_name_only_to_reading_and_only_with_its_own(port: int) -> None:
    status, content, headers = asked(port, "/")
    assert status == 200
    assert b"<!doctype html>" in content
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert asked(port, "/", host=f"localhost:{port}")[0] == 200
    assert asked(port, "/", "HEAD")[:2] == (200, b"")
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "[::1].evil.example"):
        assert asked(port, "/board.json", host=host)[0] == 400
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert asked(port, "/board.json", method)[0] == 405
        assert asked(port, "/events", method)[0] == 405


@pytest.mark.parametrize(
    "path",
    [
        "/secret.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/sheet/..%2f..%2fsecret.txt.pdf",
        "/sheet/..%2Fsecret.json",
        "/sheet/TL-2026-0001/0.png",
        "/sheet/TL-2026-0001/99.png",
        f"/{RECORD}",
        "/records/organization.yaml",
        "//etc/passwd",
        "/.git/config",
    ],
)
def test_no_address_leads_to_a_file(port: int, path: str) -> None:
    status, content, _ = asked(port, path)
    assert status == 404
    assert content == b"404"


def test_nobody_else_on_the_network_is_answered(port: int) -> None:
    known = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    others = {str(each[4][0]) for each in known} - {"127.0.0.1"}
    for other in others:
        with socket.socket() as place:
            place.settimeout(2)
            assert place.connect_ex((other, port)) != 0 or other.startswith("127.")


def test_the_board_has_both_languages_and_the_texts_as_they_are(port: int) -> None:
    end = time.monotonic() + 20
    while not (board := json.loads(asked(port, "/board.json")[1])):  # nothing is read yet
        assert time.monotonic() < end
        time.sleep(0.05)
    row = next(each for each in board["rows"] if each["name"] == "TL-2026-0001")
    assert EVIL in row["search"]
    assert row["form"] == {"zh": "工具借用单", "en": "Tool loan"}
    assert row["state"] == {"zh": "未还", "en": "Open"}


def test_a_record_that_holds_a_script_is_shown_as_text(port: int, browser: webdriver.Chrome) -> None:
    ready(browser, port)
    assert EVIL[:40] in browser.find_element(By.ID, "list").text
    assert browser.execute_script("return window.ran") is None
    assert not browser.find_elements(By.CSS_SELECTOR, "#list img, #list script")


def test_it_is_searched_in_both_languages_and_filtered_by_the_keyboard(port: int, browser: webdriver.Chrome) -> None:
    ready(browser, port)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("/")
    search = browser.switch_to.active_element
    assert search.get_attribute("id") == "search"
    for word in ("裂纹", "CRACK", "ｃｒａｃｋ 钻头"):
        search.clear()
        search.send_keys(word)
        until(browser, lambda: shown(browser) == ["TL-2026-0002"])
    search.send_keys(Keys.ESCAPE)
    until(browser, lambda: "TL-2026-0001" in shown(browser))
    browser.find_element(By.CSS_SELECTOR, "#filter-state option[value='未还']").click()
    assert shown(browser) == ["TL-2026-0001"]
    browser.find_element(By.ID, "list").send_keys(Keys.ESCAPE)
    browser.find_element(By.ID, "language").click()
    until(browser, lambda: "Findings" in browser.find_element(By.ID, "views").text)
    search.send_keys("nothing like this")
    until(browser, lambda: "Nothing matches" in browser.find_element(By.ID, "list").text)
    browser.find_element(By.ID, "language").click()
    search.send_keys(Keys.ESCAPE)


def test_a_record_opens_with_its_page_and_follows_what_is_saved(
    root: Path, port: int, browser: webdriver.Chrome
) -> None:
    ready(browser, port)
    listed = browser.find_element(By.ID, "list")
    listed.send_keys("j")
    listed.send_keys(Keys.ENTER)
    until(
        browser,
        lambda: browser.execute_script(PICTURE),
    )
    assert browser.find_element(By.TAG_NAME, "h1").text.startswith("TL-2026-0002")
    assert asked(port, "/sheet/TL-2026-0002.pdf")[1].startswith(b"%PDF")

    file = root / RECORD
    good = file.read_text("utf-8")
    file.write_text(good.replace("state: open", "state: closed"), "utf-8")
    until(browser, lambda: browser.execute_script(FINDINGS) == "1")
    browser.find_element(By.CSS_SELECTOR, "[data-view=findings]").click()
    assert "TL-2026-0001.yaml" in browser.find_element(By.ID, "list").text
    until(browser, lambda: browser.find_element(By.TAG_NAME, "h1").text == "TL-2026-0001.yaml")
    assert "closed" in browser.find_element(By.CSS_SELECTOR, "#detail .card").text
    file.write_text(f"{good}# saved\n", "utf-8")
    until(browser, lambda: browser.find_element(By.TAG_NAME, "h1").text.startswith("TL-2026-0001　"))
    until(
        browser,
        lambda: browser.execute_script(PICTURE),
    )
    assert browser.execute_script("return window.ran") is None
    said = browser.execute("getLog", {"type": "browser"})["value"]
    assert [each for each in said if "favicon" not in each["message"]] == []


def test_a_taken_port_is_said(root: Path, port: int) -> None:
    command = (sys.executable, "-m", "generator", "--root", str(root), "serve", "--port", str(port))
    done = subprocess.run(command, capture_output=True, timeout=30, check=False)
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr.decode()
