"""Words that say little about what an indicator or a project is: they come, go, and change places with the years."""

from __future__ import annotations

import regex

MEASURES = {
    "count": "次数|场数|场次|期数|数量|个数|件数|篇数|批次|总数|总量|(?<!质)量|数",
    "people": "总人数|人次数|人数|人次",
    "satisfaction": "满意度|满意率|满意程度|好评率|好评度",
    "time": "时间|时长|时限|用时",
    "days": "天数",
    "cost": "成本|费用|经费|支出|单价|费",
    "rate": "比例|占比|百分比|比率|率",
    "degree": "程度|水平|能力|情况|(?<![年制进温速季])度|性",
}
"""The words at the end of an indicator's name that say what is measured, by what they have in common."""

RATES = (
    "及时|准时|按时|按期", "合格|达标", "完成", "覆盖", "通过", "准确|正确", "知晓", "使用|利用", "增长|增加|提升",
    "规范", "落实", "执行", "整改", "反馈|回复|答复", "保障", "发放", "参与|参加", "识别|发现", "下降|降低|减少",
    "完好", "办结", "就业", "出勤|到岗|到位", "处理|处置|解决", "采纳", "有效", "达到", "公开", "成活",
)  # fmt: skip
"""What stands before a rate: rates of different kinds measure different things. One line lists words for one thing."""

FILLERS = regex.compile(
    "开展|举办|组织|进行|实施|做好|加强|推进|推动|结合|定期|面向|针对|相关|有关|各项|各类|各种|其他|全年度|全年|年度|年均|本年|当年|全市|本市|全区"
    "|本区|全县|我市|我区|工作|活动|情况|项目|任务|等(?!级)|对(?!象|策|比|外)|的|和(?!谐)|与|及(?!时)|或"
)
"""Words of an indicator's name that can go without changing what is measured."""

PROJECT_FILLERS = regex.compile(
    "专项资金|补助资金|专项经费|工作经费|项目经费|业务经费|专项业务费|业务费|专项|经费|资金|费用|补助|项目|工作|全年度|全年|年度|费|等(?!级)|的|和(?!谐)|与|及(?!时)"
)
"""The same of a project's name."""

SYNONYMS = (
    ("处置", "处理"), ("解决", "处理"), ("办理", "处理"), ("运行维护", "运维"), ("购置", "采购"), ("购买", "采购"),
    ("群众", "公众"), ("市民", "公众"), ("居民", "公众"), ("民众", "公众"), ("干部职工", "职工"), ("员工", "职工"),
    ("宣传教育", "宣教"), ("信息系统", "系统"), ("督查", "检查"), ("督导", "检查"), ("检验", "检测"), ("补贴", "补助"),
)  # fmt: skip
"""Words that stand for one another in names, each with the one that stands for all."""

CONTRASTS = (
    "春夏秋冬", "东南西北", "上中下", "男女", "新旧", "大中小", "城乡", "国省市区县镇村", "高中低初", "内外", "前后",
    "增减升降", "长短", "老幼", "正副", "软硬", "甲乙丙丁", "人车", "水电气热",
)  # fmt: skip
"""Characters of which each means something else in one place: names that differ in them are of different things."""

NARROWING = regex.compile(
    "新增|累计|净增|剩余|首次|再次|人均|户均|次均|日均|非|不|未|无|其中|省级|市级|县级|区级|国家级|重大|一般"
)
"""Words that say which part of something is meant, or that it is not: with and without them, things are different."""
