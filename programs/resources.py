from editing.admin.spreadsheets import RowResource

from .models import Amount


class AmountResource(RowResource):
    """Fees and funds; whether a row is published is no column, so that no spreadsheet can publish."""

    class Meta(RowResource.Meta):
        model = Amount
        fields = [
            "table", "item", "valid_from", "valid_to", "label_en", "label_fr", "dollars", "note", "position",
            "evidence", "source", "source_url", "checked_on",
        ]  # fmt: skip
        import_id_fields = ["table", "item", "valid_from"]
        export_order = fields
