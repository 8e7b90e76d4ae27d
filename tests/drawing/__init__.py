"""Draws declarations (财政项目支出绩效目标申报表) that look like published ones, with the records they must yield."""
