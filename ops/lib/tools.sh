# shellcheck shell=bash
# The tools the project is built with: found where they usually are, installed with apt where root may, else asked for.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 # nothing of ours may stay behind after a build
export NUGET_XMLDOC_MODE=skip

can_apt() { ((EUID == 0)) && command -v apt-get >/dev/null; }

FP_APT_FRESH=
apt_install() { # PACKAGE…
    say "正在安装 $* …" "Installing $* …"
    mkdir -p -- "$FP_ROOT/artifacts"
    if [[ -z $FP_APT_FRESH ]]; then
        apt-get update -q </dev/null >"$FP_ROOT/artifacts/apt.log" 2>&1 || true
        FP_APT_FRESH=yes
    fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
        </dev/null >>"$FP_ROOT/artifacts/apt.log" 2>&1
}

apt_offers() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'; }

# A writable home for the tools of accounts that have none (nobody, service accounts).
tools_home() {
    if [[ -z ${HOME:-} ]]; then
        HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
        export HOME
    fi
    if [[ ! -w ${HOME:-/nonexistent} ]]; then
        export HOME=$FP_ROOT/artifacts/home
        mkdir -p -- "$HOME"
    fi
}

dotnet_on_path() {
    local dir
    command -v dotnet >/dev/null && return
    for dir in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet /opt/dotnet; do
        if [[ -n $dir && -x $dir/dotnet ]]; then
            export PATH=$dir:$PATH DOTNET_ROOT=$dir
            return
        fi
    done
    return 1
}

need_dotnet_runtime() {
    dotnet_on_path || need_dotnet
}

need_dotnet() {
    tools_home
    if dotnet_on_path && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then return; fi
    if can_apt; then
        apt_offers dotnet-sdk-10.0 || apt-get update -q </dev/null >/dev/null 2>&1 || true
        if apt_offers dotnet-sdk-10.0 && apt_install dotnet-sdk-10.0 && dotnet_on_path; then return; fi
    fi
    die "未找到 .NET 10 SDK,请按 https://learn.microsoft.com/dotnet/core/install/linux 安装后再运行。" \
        "The .NET SDK 10 isn't here; install it (https://learn.microsoft.com/dotnet/core/install/linux) and run this again."
}

node_fits() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        [[ $(node -p 'process.versions.node.split(".")[0]' 2>/dev/null) -ge 18 ]]
}

need_node() {
    tools_home
    node_fits && return
    if can_apt && apt_install nodejs npm && node_fits; then return; fi
    die "未找到 Node.js 18 以上版本和 npm,请安装(Debian/Ubuntu:apt-get install nodejs npm)后再运行。" \
        "Node.js 18 or later with npm isn't here; install it (on Debian and Ubuntu: apt-get install nodejs npm) and run this again."
}

# Debian makes and starts a cluster of its own with the package; the project has no use for it.
install_postgresql() {
    if [[ ! -e /etc/postgresql-common/createcluster.conf ]]; then
        mkdir -p /etc/postgresql-common
        printf 'create_main_cluster = false\n' >/etc/postgresql-common/createcluster.conf
    fi
    apt_install postgresql
}

find_chromium() {
    local name
    for name in "${FUNDPOOL_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
        if [[ -n $name ]] && command -v "$name" >/dev/null; then
            FUNDPOOL_CHROMIUM=$(command -v "$name")
            export FUNDPOOL_CHROMIUM
            return
        fi
    done
    return 1
}

has_chinese_font() {
    if command -v fc-list >/dev/null; then
        [[ -n $(fc-list :lang=zh family 2>/dev/null) ]]
    else
        compgen -G '/usr/share/fonts/*/noto/*CJK*' >/dev/null
    fi
}

# False, with a sentence, where the browser tests can't run.
need_browser() {
    local missing=()
    find_chromium || missing+=(chromium)
    has_chinese_font || missing+=(fonts-noto-cjk)
    ((${#missing[@]} == 0)) && return
    if can_apt && apt_install "${missing[@]}" && find_chromium; then return; fi
    printf '%s\n%s\n' \
        "浏览器测试需要 ${missing[*]},请安装(apt-get install ${missing[*]})或用 FUNDPOOL_CHROMIUM 指出浏览器。" \
        "The browser tests need ${missing[*]}; install (apt-get install ${missing[*]}) or name a browser in FUNDPOOL_CHROMIUM." >&2
    return 1
}
