"""How long reading records takes, with all checks and places, beside PyYAML's CSafeLoader on the same bytes."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from statistics import median

import pytest
import yaml

from generator import yamlfile

ROUNDS, RECORDS = 9, 60
LIMIT = 0.7

RECORD = """\
# yaml-language-server: $schema=../../../schemas/complaint.yaml
number: CC-2026-{serial:04d}
created_on: 2026-08-{day:02d}
state: closed  # 已关闭
customer: C-{customer:03d}
product: "{revision}.10"

# ---- 投诉内容 ----
received_on: 2026-08-{day:02d} 14:05
received_by: 陈静
severity: major  # 严重程度
is_safety: false
complaint: |
  客户反馈第 {serial} 批次冲压件表面有毛刺，装配时划伤手套，
  要求当天回复遏制措施，并在 {day} 日内提交 8D 报告。
  现场抽检 200 件，发现 {customer} 件不良，集中在折弯处内侧，毛刺高度 0.15 至 0.22 mm，
  图纸要求不大于 0.05 mm。客户产线已停用该批次，改用安全库存，库存可用到 {day} 日中班。
quantity: {serial}
unit: 件
lots:
  - {{lot: L2026-{serial:04d}, quantity: 1200, bad: {day}}}
  - {{lot: L2026-{customer:04d}, quantity: 800, bad: 3}}
  - {{lot: L2026-{day:04d}, quantity: 1500, bad: 0}}
photos: [burr.jpg, caliper.jpg, "现场 照片.jpg"]
files: []

# ---- 团队 ----
team:
  - name: 王建国
    role: leader
    department: 质量部
  - name: 李红梅
    role: member
    department: 生产部
  - name: 赵磊
    role: member
    department: 技术部 R&D

# ---- 原因分析 ----
why_occurred: >-
  模具刃口磨损，超过修磨周期 {serial} 冲次仍在使用，
  点检表没有这一项，班长也没有发现。
why_not_detected: '巡检只看尺寸，不看毛刺: 检验卡没有写'
standard: GB/T 2828.1-2012
contact: {{phone: "0571-88{customer:04d}", mail: qa@example.com}}

# ---- 措施 ----
actions:
  - what: 修磨刃口并更换凸模
    who: 刘洋
    due: 2026-08-{day:02d}
    done_on: 2026-08-{day:02d}
    is_effective: true
  - what: 把毛刺高度写进检验卡，每班抽 5 件
    who: 孙丽
    due: 2026-09-01
    done_on: null
    is_effective: ~
verified_by: 周敏
verification: |
  连续三批，每批 125 件，毛刺高度不大于 0.05 mm。
  客户确认：两个月内没有再发现同类问题，同意关闭!
cost: {customer}.50
closed_on: 2026-09-{day:02d}
"""


def records() -> list[bytes]:
    """Records of the same shape and size as people write, each with figures of its own."""
    dice = random.Random(6)  # noqa: S311 - figures in a sample, no secret
    return [
        RECORD.format(
            serial=serial, day=dice.randint(1, 28), customer=dice.randint(1, 400), revision=dice.randint(1, 9)
        ).encode()
        for serial in range(1, RECORDS + 1)
    ]


def ratio() -> float:
    """The median over interleaved rounds of our time divided by CSafeLoader's."""
    sample = records()
    return median(_seconds(_ours, sample) / _seconds(_theirs, sample) for _ in range(ROUNDS))


def _ours(content: bytes) -> object:
    source, findings = yamlfile.load(content, "a.yaml")
    assert not findings
    return source


def _theirs(content: bytes) -> object:
    return yaml.load(content, Loader=yaml.CSafeLoader)


def _seconds(read: Callable[[bytes], object], sample: list[bytes]) -> float:
    start = time.process_time()
    for content in sample:
        read(content)
    return time.process_time() - start


@pytest.mark.bench
def test_reading_with_all_checks_takes_at_most_0_7_of_csafeloader() -> None:
    assert ratio() <= LIMIT


if __name__ == "__main__":
    sys.stdout.write(f"yamlfile.load / yaml.load(CSafeLoader): {ratio():.2f}\n")
