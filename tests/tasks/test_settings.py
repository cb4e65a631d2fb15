"""Settings come from the environment, and a wrong one is told."""

from __future__ import annotations

import pytest

from tasks.settings import SettingInvalid, Settings


def test_the_data_folder_decides_where_everything_lies(tmp_path):
    settings = Settings.from_environment({"BANLI_DATA": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'banli.db'}"
    assert settings.demonstration is False


def test_the_secret_is_made_once_and_readable_by_its_owner_alone(tmp_path):
    first = Settings.from_environment({"BANLI_DATA": str(tmp_path)}).secret_key
    assert Settings.from_environment({"BANLI_DATA": str(tmp_path)}).secret_key == first
    assert len(first) >= 48
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0


def test_the_secret_is_not_shown_when_settings_are_printed(tmp_path):
    settings = Settings.from_environment({"BANLI_DATA": str(tmp_path), "BANLI_SECRET_KEY": "a very secret thing"})
    assert "a very secret thing" not in repr(settings)


def test_a_flag_that_is_neither_yes_nor_no_is_refused(tmp_path):
    with pytest.raises(SettingInvalid, match="BANLI_DEMONSTRATION"):
        Settings.from_environment({"BANLI_DATA": str(tmp_path), "BANLI_DEMONSTRATION": "perhaps"})
