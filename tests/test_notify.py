"""Reminders by mail and by chat robots, to real receivers on loopback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from generator import notify
from tests import receivers

LINES = "2026-03-04 23:59 已超期 TL-2026-0001 归还\n2026-03-06 23:59 还有 2 天 TL-2026-0002 归还"


def test_a_mail_arrives_with_its_subject_and_every_line() -> None:
    with receivers.mailbox() as box:
        target = f"mailto://127.0.0.1:{box.port}?from=wenkong@example.com&to=chen.jing@example.com&mode=insecure"
        notify.send(target, "文控：2 项待办", LINES, {})
    (mail,) = box.messages
    assert str(mail["subject"]) == "文控：2 项待办"
    assert box.recipients == ["chen.jing@example.com"]
    assert all(each in receivers.body(mail) for each in ("TL-2026-0001", "TL-2026-0002", "已超期"))


def test_a_mail_server_that_takes_nothing_is_an_error() -> None:
    with receivers.mailbox() as box:
        box.is_closed = True
        target = f"mailto://127.0.0.1:{box.port}?from=wenkong@example.com&to=chen.jing@example.com&mode=insecure"
        with pytest.raises(notify.NotifyError, match="did not take it"):
            notify.send(target, "x", "y", {})
    assert box.messages == []


@pytest.mark.parametrize(
    ("target", "host", "place", "text"),
    [
        (
            "wecombot://${WENKONG_KEY}",
            "qyapi.weixin.qq.com",
            "/cgi-bin/webhook/send?key=2f1c0aa8-0000-4000-8000-00000000beef",
            lambda body: body["text"]["content"],
        ),
        (
            "dingtalk://${WENKONG_TOKEN}/",
            "oapi.dingtalk.com",
            "/robot/send?access_token=abcdef0123456789",
            lambda body: body["text"]["content"],
        ),
        (
            "feishu://${WENKONG_TOKEN}/",
            "open.feishu.cn",
            "/open-apis/bot/v2/hook/abcdef0123456789/",
            lambda body: body["content"]["text"],
        ),
    ],
    ids=["wecom", "dingtalk", "feishu"],
)
def test_a_robot_is_sent_every_line_with_the_secret_from_the_environment(  # noqa: PLR0917  a table of cases
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, host: str, place: str, text: Any
) -> None:
    secrets = {"WENKONG_KEY": "2f1c0aa8-0000-4000-8000-00000000beef", "WENKONG_TOKEN": "abcdef0123456789"}
    with receivers.robots(tmp_path, host) as (environment, posts):
        for key, value in environment.items():
            monkeypatch.setenv(key, value)
        notify.send(target, "文控：2 项待办", LINES, secrets)
    (post,) = posts
    assert (post.host, post.path) == (host, place)
    said = text(json.loads(post.body))
    assert "文控：2 项待办" in said
    assert "TL-2026-0001" in said
    assert "TL-2026-0002" in said
