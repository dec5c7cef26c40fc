import pytest

from drafter.errors import InputError
from drafter.settings import Settings, columns, config_path, resolve, wants_color


@pytest.fixture
def config(no_settings, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    path = no_settings / "drafter" / "config.toml"
    path.parent.mkdir(exist_ok=True)
    environ = {"XDG_CONFIG_HOME": str(no_settings)}

    def config(text, **more):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return {**environ, **more}

    return config


def test_the_defaults():
    assert resolve({}, {}) == Settings("auto", "", "", "")
    assert not resolve({}, {}).has_endpoint


def test_a_flag_goes_before_a_variable_before_the_file(config):
    environ = config('engine = "openai"\nmodel = "of-file"\nbase_url = "http://file"')
    assert resolve({}, environ) == Settings("openai", "of-file", "http://file")
    environ |= {"DRAFTER_MODEL": "of-env", "DRAFTER_ENGINE": "auto"}
    assert resolve({}, environ) == Settings("auto", "of-env", "http://file")
    flags = {"engine": "builtin", "model": "of-flag", "base_url": None}
    assert resolve(flags, environ) == Settings("builtin", "of-flag", "http://file")


def test_our_own_variable_goes_before_that_of_the_sdk():
    environ = {"DRAFTER_BASE_URL": "http://ours", "OPENAI_BASE_URL": "http://theirs", "OPENAI_API_KEY": "k"}
    found = resolve({}, environ)
    assert (found.base_url, found.api_key, found.has_endpoint) == ("http://ours", "k", True)
    del environ["DRAFTER_BASE_URL"]
    assert resolve({}, environ).base_url == "http://theirs"


def test_a_key_is_not_shown():
    assert "sk-1" not in repr(resolve({}, {"OPENAI_API_KEY": "sk-1"}))


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("engine = ", "config.toml:1: this is not TOML", "engine ="),
        ('model = "a"\nengine = "x"', "there is no engine 'x'", "auto, builtin, openai"),
        ('model = "a"\nmodle = "x"', "config.toml:2: there is no setting 'modle'", "did you mean 'model'?"),
        ("zzz = 1", "config.toml:1: there is no setting 'zzz'", "engine, model, base_url"),
        ("model = 1", "config.toml:1: 'model' is not a text", 'model = "'),
        ('api_key = "x"', "config.toml:1: a key does not belong", "OPENAI_API_KEY"),
        ('base_url = "x"', "this is not an endpoint's address", "http://"),
        (b"model = '\xff'", "is not UTF-8", "UTF-8"),
        ("#" * 200_000, "too large", "settings"),
    ],
)
def test_a_bad_config_file_is_named_with_its_line(config, text, what, remedy):
    with pytest.raises(InputError) as caught:
        resolve({}, config(text))
    assert what in caught.value.what
    assert remedy in caught.value.remedy
    assert "sk-" not in caught.value.what


def test_without_a_home_there_is_no_config_file(monkeypatch):
    def homeless():
        raise RuntimeError

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("pathlib.Path.home", homeless)
    assert config_path({}) is None
    assert resolve({}, {}) == Settings()


@pytest.mark.parametrize(
    ("platform", "end"),
    [("darwin", "Library/Application Support/drafter/config.toml"), ("linux", ".config/drafter/config.toml")],
)
def test_the_config_file_lies_where_the_platform_puts_it(monkeypatch, platform, end):
    monkeypatch.setattr("sys.platform", platform)
    assert config_path({}).as_posix().endswith(end)


def test_colour_and_width():
    assert wants_color({"TERM": "xterm"})
    assert not wants_color({"NO_COLOR": "1"})
    assert not wants_color({"TERM": "dumb"})
    assert [columns({"COLUMNS": text}) for text in ("60", "", "x", "99999")] == [60, 0, 0, 0]
