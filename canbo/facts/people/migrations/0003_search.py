"""The given name first in what people are found by, and an order of names that carries what a search asks."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.functions.text
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

# The given name is the last word of the name, and the folded text began with the words of the name, one for one.
_GIVEN_FIRST = r"""
UPDATE people_person p SET search_text = left(btrim(regexp_replace(
  array_to_string(ARRAY[w.all_words[w.given]] || w.all_words[:w.given - 1] || w.all_words[w.given + 1:], ' '),
  '[ !-/:-@\[-`{-~]+', ' ', 'g')), 360)
FROM (SELECT id, string_to_array(search_text, ' ') AS all_words,
        cardinality(string_to_array(name, ' ')) AS given FROM people_person) w
WHERE w.id = p.id
"""

# With few samples of the texts the planner could not tell rare words from those of one person in fifty.
_STATISTICS = """
ALTER TABLE people_person ALTER search_text SET STATISTICS 500, ALTER other_words SET STATISTICS 500
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("people", "0002_guards")]

    operations: ClassVar = [
        migrations.RemoveIndex("person", "person_search"),
        migrations.RemoveIndex("person", "person_order"),
        migrations.AlterField("person", "search_text", models.CharField(max_length=360)),
        migrations.RunSQL(_GIVEN_FIRST, migrations.RunSQL.noop),
        migrations.AddField(
            "person",
            "other_words",
            models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Substr(
                    "search_text", django.db.models.functions.text.StrIndex("search_text", models.Value(" "))
                ),
                output_field=models.CharField(max_length=360),
            ),
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["sort_key", "id"], include=["search_text", "work_unit", "party_unit"], name="person_order"
            ),
        ),
        migrations.AddIndex(
            "person", GinIndex(OpClass("other_words", name="gin_trgm_ops"), name="person_search")
        ),
        migrations.RunSQL(_STATISTICS, migrations.RunSQL.noop),
    ]
