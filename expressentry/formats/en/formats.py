DATE_FORMAT = "F j, Y"
DATETIME_FORMAT = "F j, Y, H:i:s"
TIME_FORMAT = "H:i:s"
MONTH_DAY_FORMAT = "F j"
SHORT_DATE_FORMAT = "Y-m-d"
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # 01/10/2026 is one day to some and another to others
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
# ours
SHORT_MONTH_FORMAT = "M"
SHORT_MONTH_DATE_FORMAT = "j M Y"
