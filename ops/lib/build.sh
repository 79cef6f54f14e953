# shellcheck shell=bash
# Builds the portal once per state of its sources, into artifacts/portal/<hash>, so that a second start is quick and
# a running portal never sees its files change.

# A hash over the content of everything the published portal is made of.
portal_hash() {
    local fixed=() each
    for each in Directory.Build.props Directory.Packages.props .editorconfig global.json NuGet.config nuget.config ops/portal.proj; do
        [[ -f $FP_ROOT/$each ]] && fixed+=("./$each")
    done
    (
        cd -- "$FP_ROOT" || exit 1
        {
            find ./src \( -name bin -o -name obj -o -name node_modules -o -path ./src/FundPool.Web/wwwroot/dist \) -prune -o -type f -print0
            printf '%s\0' "${fixed[@]}"
        } | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
    )
}

# The sources of the bundle: what npm is told and what it bundles.
assets_hash() {
    (
        cd -- "$FP_ROOT/src/FundPool.Web" || exit 1
        find . \( -name bin -o -name obj -o -name node_modules -o -path ./wwwroot/dist \) -prune \
            -o -type f \( -name '*.json' -o -name '*.js' -o -name '*.mjs' -o -name '*.ts' -o -name '*.css' -o -name '*.scss' -o -name '*.svg' \) -print0 |
            LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
    )
}

build_assets() {
    local web=$FP_ROOT/src/FundPool.Web stamp=$FP_ROOT/artifacts/assets.stamp hash log=$FP_ROOT/artifacts/npm.log
    [[ -f $web/package.json ]] || return 0
    hash=$(assets_hash)
    [[ -f $stamp && -d $web/wwwroot/dist && $(<"$stamp") == "$hash" ]] && return 0
    need_node
    if [[ ! -f $web/node_modules/.package-lock.json || $web/package-lock.json -nt $web/node_modules/.package-lock.json ]]; then
        say "正在安装前端依赖(npm ci)…" "Installing front-end packages (npm ci) …"
        (cd -- "$web" && npm ci --no-audit --no-fund) </dev/null >"$log" 2>&1 || {
            tail -n 20 "$log" >&2
            die "npm ci 失败，请检查网络和 npm 源后重试（日志：$log）。" "npm ci failed; check the network and the npm registry, then run this again (log: $log)."
        }
        touch -- "$web/node_modules/.package-lock.json"
    fi
    say "正在打包前端资源…" "Bundling the front-end assets …"
    (cd -- "$web" && npm run --silent build) </dev/null >"$log" 2>&1 || {
        tail -n 30 "$log" >&2
        die "前端打包失败，请按上面的提示修改后重试（日志：$log）。" "Bundling the assets failed; mend what is said above and run this again (log: $log)."
    }
    printf '%s\n' "$hash" >"$stamp"
}

# Sets PORTAL to a published portal of the present sources, with a shared lock that its user keeps while it runs.
build_portal() {
    local hash
    hash=$(portal_hash)
    PORTAL=$FP_ROOT/artifacts/portal/$hash
    if ! portal_hold; then
        if ! mkdir -p -- "$FP_ROOT/artifacts/portal" 2>/dev/null || [[ ! -w $FP_ROOT/artifacts/portal ]]; then
            die "无法写入 $FP_ROOT/artifacts，请以该目录的所有者运行，或使用自己的一份代码。" "$FP_ROOT/artifacts isn't writable for $(id -un); run as its owner, or from a clone of your own."
        fi
        lock BUILD_FD "$FP_ROOT/artifacts/build.lock"
        portal_hold || publish_portal
        portal_hold
        unlock BUILD_FD
    fi
    need_dotnet_runtime
}

portal_hold() {
    [[ -f $PORTAL/ready ]] || return 1
    exec {PORTAL_FD}<"$PORTAL/ready"
    flock -s "$PORTAL_FD"
    [[ -f $PORTAL/ready ]]
}

publish_to() { # DIR [MSBUILD OPTIONS…]
    local out=$1
    shift
    rm -rf -- "$out"
    dotnet msbuild "$FP_ROOT/ops/portal.proj" -t:Publish -p:Out="$out" -p:UseSharedCompilation=false -nologo -v:q -m -nr:false "$@" </dev/null
}

publish_portal() {
    local out=$PORTAL.new log=$FP_ROOT/artifacts/build.log
    need_dotnet
    build_assets
    say "正在构建（首次约需一两分钟）…" "Building (a minute or two the first time) …"
    # Compiled ahead of time where the package of that compiler can be had, else without: the same portal, a slower start.
    if ! publish_to "$out" -p:FundPoolReadyToRun=true >"$log" 2>&1 && ! publish_to "$out" >"$log" 2>&1; then
        grep -E 'error|warning' "$log" | sort -u | head -n 40 >&2 || tail -n 40 "$log" >&2
        die "构建失败，请按上面的提示修改后重试（日志：$log）。" "The build failed; mend what is said above and run this again (log: $log)."
    fi
    rm -rf -- "$PORTAL"
    : >"$out/ready"
    mv -- "$out" "$PORTAL"
    forget_old_portals
}

# Keeps what is in use (locked) and the newest three.
forget_old_portals() {
    local dir fd
    while IFS= read -r dir; do
        if exec {fd}<"$dir/ready" && flock -n -x "$fd"; then rm -rf -- "$dir"; fi
        exec {fd}<&-
    done < <(find "$FP_ROOT/artifacts/portal" -mindepth 2 -maxdepth 2 -name ready -printf '%T@ %h\n' | sort -rn | cut -d' ' -f2- | tail -n +4)
}
