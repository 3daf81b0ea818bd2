#!/usr/bin/env python3
"""Opens a page of icwscan --html in headless Chromium and tries it as a reader would; says what is wrong with it.

    browser.py FILE [FOLDER]     pictures (light, dark, narrow, print) go into FOLDER

Speaks Chromium's DevTools protocol over two pipes, so that nothing but Chromium is needed.
"""
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

# Contrast of text with what lies behind it (WCAG 2.2, 1.4.3), of everything that is visible.
CONTRAST = """
(() => {
  const numbers = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => { const c = [r, g, b].map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]; };
  const behind = element => { for (let at = element; at; at = at.parentElement) { const c = numbers(getComputedStyle(at).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = [];
  for (const element of document.querySelectorAll("body *")) {
    const has = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!has || ["SCRIPT", "title", "desc"].includes(element.tagName) || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(numbers(element instanceof SVGElement ? style.fill : style.color)), light(behind(element))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const large = parseFloat(style.fontSize) >= 24 || parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700;
    if (ratio < (large ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)} ${element.tagName}.${element.getAttribute("class")} ${element.textContent.slice(0, 30)}`);
  }
  return [...new Set(bad)].slice(0, 5);
})()
"""


class Browser:
    def __init__(self, folder):
        to_read, self.write_end = os.pipe()
        self.read_end, to_write = os.pipe()
        for end in (to_read, to_write):
            os.set_inheritable(end, True)
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        # The browser takes its commands from descriptor 3 and answers on 4.
        command = f"exec 3<&{to_read} 4>&{to_write}; exec \"$@\""
        arguments = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-pipe", "--hide-scrollbars", f"--user-data-dir={folder}",
        ]
        self.process = subprocess.Popen(
            ["bash", "-c", command, "bash"] + arguments, pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.pending, self.number, self.session, self.events = b"", 0, None, []

    def end(self):
        """Asks the browser to end, with its children; one that does not is killed."""
        try:
            os.write(self.write_end, b'{"id":0,"method":"Browser.close"}\0')
            self.process.wait(timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()

    def message(self):
        while b"\0" not in self.pending:
            chunk = os.read(self.read_end, 65536)
            if not chunk:
                raise SystemExit("Chromium ended")
            self.pending += chunk
        text, self.pending = self.pending.split(b"\0", 1)
        return json.loads(text)

    def ask(self, method, **parameters):
        self.number += 1
        request = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.write_end, json.dumps(request).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.message())

    def value(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def key(self, name, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code,
                     **({"text": text} if kind == "keyDown" and text else {}))

    def picture(self, path, whole=True):
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        height = min(size["height"], 9000) if whole else 1000
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=True,
                        clip={"x": 0, "y": 0, "width": size["width"], "height": height, "scale": 1})["data"]
        path.write_bytes(base64.b64decode(data))


def look(browser, page, folder):
    ask, value = browser.ask, browser.value
    target = ask("Target.createTarget", url="about:blank")["targetId"]
    browser.session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        ask(f"{domain}.enable")
    size = lambda width: ask("Emulation.setDeviceMetricsOverride", width=width, height=1000, deviceScaleFactor=1, mobile=False)
    size(1280)
    begin = time.monotonic()
    ask("Page.navigate", url=page.as_uri())
    browser.wait("Page.loadEventFired")
    value("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    seconds = time.monotonic() - begin
    print(f"loaded in {seconds:.2f} s: {page.stat().st_size / 1e6:.1f} MB, {value('document.querySelectorAll(`*`).length')} elements")
    if seconds > 10:
        yield f"it takes {seconds:.0f} s to open"
    for scheme in ("light", "dark"):
        ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        for fault in value(CONTRAST):
            yield f"too little contrast, {scheme}: {fault}"
        if folder:
            browser.picture(folder / f"{scheme}.png")
    ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "light"}])
    if value("document.documentElement.scrollWidth > innerWidth"):
        yield "the page is wider than its window"
    size(420)
    if value("document.documentElement.scrollWidth > innerWidth"):
        yield "the page is wider than a telephone"
    if folder:
        browser.picture(folder / "narrow.png")
    size(1280)
    yield from tables(browser)
    yield from cards(browser)
    data = ask("Page.printToPDF", preferCSSPageSize=False)["data"]
    if folder:
        (folder / "print.pdf").write_bytes(base64.b64decode(data))
    for event in browser.events:
        kind, parameters = event.get("method"), event.get("params", {})
        if kind == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            yield f"console: {parameters['entry']['text']}"
        if kind in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening"):
            yield f"script: {parameters}"
        if kind == "Network.requestWillBeSent" and parameters["request"]["url"] != page.as_uri():
            yield f"asks for {parameters['request']['url']}"


def tables(browser):
    """Sorting and filtering, by keyboard alone."""
    value = browser.value
    if not value("document.querySelector('table.sortable') !== null"):
        return
    total = value("document.querySelectorAll('table.sortable tbody tr').length")
    column = "[...document.querySelectorAll('table.sortable th button')].findIndex(b => b.textContent === 'Bytes')"
    keys = f"[...document.querySelectorAll('table.sortable tbody tr')].map(r => Number(r.cells[{column}].dataset.key))"
    value(f"document.querySelectorAll('table.sortable th button')[{column}].focus()")
    for direction in ("ascending", "descending"):
        browser.key("Enter", 13, "\r")
        if value(f"document.querySelectorAll('table.sortable th')[{column}].getAttribute('aria-sort')") != direction:
            yield f"Enter does not sort ({direction})"
        found = value(keys)
        if found != sorted(found, reverse=direction == "descending"):
            yield f"not sorted: {found[:5]}"
        if value("document.querySelectorAll('table.sortable th[aria-sort]').length") != 1:
            yield "two columns say that they are sorted"
    address = value("document.querySelector('table.sortable tbody .end .mono').textContent")
    value("document.querySelector('.tools input').focus()")
    browser.ask("Input.insertText", text=address)
    left = value("[...document.querySelectorAll('table.sortable tbody tr')].map(r => r.textContent)")
    if not left or any(address not in text for text in left):
        yield "the filter lets others through"
    value("{ const i = document.querySelector('.tools input'); i.value = 'no such flow'; i.dispatchEvent(new Event('input')); }")
    if value("document.querySelectorAll('table.sortable tbody tr').length") != 0:
        yield "the filter does not filter"
    value("{ const i = document.querySelector('.tools input'); i.value = ''; i.dispatchEvent(new Event('input')); }")
    if value("document.querySelectorAll('table.sortable tbody tr').length") != total:
        yield "the filter can't be taken away"
    value("document.querySelector('.tools select').focus()")
    value("{ const s = document.querySelector('.tools select'); s.selectedIndex = 1; s.dispatchEvent(new Event('change')); }")
    if value("new Set([...document.querySelectorAll('table.sortable tbody tr')].map(r => r.dataset.verdict)).size") != 1:
        yield "the choice of a verdict lets others through"
    value("{ const s = document.querySelector('.tools select'); s.selectedIndex = 0; s.dispatchEvent(new Event('change')); }")
    if value("!document.querySelector('.more').hidden"):
        before = value("document.querySelectorAll('table.sortable tbody tr').length")
        begin = time.monotonic()
        value("document.querySelector('.more').click()")
        if value("document.querySelectorAll('table.sortable tbody tr').length") <= before:
            yield "no more is shown"
        value("document.querySelectorAll('.more')[1].click()")
        value("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        print(f"all rows shown in {time.monotonic() - begin:.2f} s")


def cards(browser):
    """What a link leads to is open."""
    value = browser.value
    target = value("{ const d = [...document.querySelectorAll('details')].find(d => !d.open); d ? d.id : '' }")
    if target:
        value(f"location.hash = '{target}'; new Promise(done => setTimeout(done, 100))")
        if not value(f"document.getElementById('{target}').open"):
            yield "a link leads to something that is closed"


page = pathlib.Path(sys.argv[1]).resolve()
pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
if pictures:
    pictures.mkdir(parents=True, exist_ok=True)
# What a child of the browser still writes there while it is taken away is no fault of the page.
with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
    browser = Browser(profile)
    try:
        faults = list(look(browser, page, pictures))
    finally:
        browser.end()
if faults:
    print("\n".join(faults))
sys.exit(1 if faults else 0)
