# shellcheck shell=sh
# Sourced by ./signalbox and the packaging scripts: finds a JDK that can build and run Signalbox.
#
#   find_jdk    prints the home of a JDK >= 25, or nothing (status 1)
#   say_no_jdk  says on stderr what to install
#
# Order: JAVA_HOME, the java on the PATH, then the usual install folders, where the oldest JDK that is
# new enough wins, because it is the nearest to the one the tests ran on.

least_jdk=25

# The major version that a JDK home names in its release file; nothing if it is no JDK (a JRE has no javac).
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release"
}

is_jdk() {
    found_version=$(jdk_version "$1")
    [ -n "$found_version" ] && [ "$found_version" -ge "$least_jdk" ]
}

# The home of a java command, seen through symbolic links.
home_of_command() {
    command_path=$1
    while [ -L "$command_path" ]; do
        link_target=$(ls -ld -- "$command_path")
        link_target=${link_target#*" -> "}
        case $link_target in
            /*) command_path=$link_target ;;
            *) command_path=$(dirname -- "$command_path")/$link_target ;;
        esac
    done
    (CDPATH='' cd -- "$(dirname -- "$command_path")/.." && pwd -P) 2>/dev/null
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        printf '%s\n' "$JAVA_HOME"
        return 0
    fi
    if path_java=$(command -v java 2>/dev/null) && path_home=$(home_of_command "$path_java") && is_jdk "$path_home"; then
        printf '%s\n' "$path_home"
        return 0
    fi
    best_home=''
    best_version=''
    home=${HOME:-/nonexistent}
    # SIGNALBOX_JDK_FOLDERS replaces the usual folders; the tests point it at an empty one.
    if [ -n "${SIGNALBOX_JDK_FOLDERS:-}" ]; then
        set -- "$SIGNALBOX_JDK_FOLDERS"/*
    else
        set -- /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* /opt/* /opt/java/* \
            /opt/jdk/* /opt/jvm/* "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.jbang/cache/jdks/* \
            "$home"/.asdf/installs/java/* "$home"/.local/share/mise/installs/java/* \
            /Library/Java/JavaVirtualMachines/*/Contents/Home "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            "/c/Program Files/Java"/* "/c/Program Files/Eclipse Adoptium"/*
    fi
    for candidate in "$@"; do
        if is_jdk "$candidate" && { [ -z "$best_version" ] || [ "$found_version" -lt "$best_version" ]; }; then
            best_home=$candidate
            best_version=$found_version
        fi
    done
    [ -n "$best_home" ] && printf '%s\n' "$best_home"
}

say_no_jdk() {
    cat >&2 <<EOF
signalbox: no JDK $least_jdk or newer (looked at JAVA_HOME, PATH and the usual install folders)
Install one, then start again:
  Debian, Ubuntu   sudo apt install openjdk-25-jdk
  Fedora           sudo dnf install java-25-openjdk-devel
  macOS            brew install openjdk
  any system       Eclipse Temurin 25, or another build of OpenJDK 25; set JAVA_HOME to its folder
EOF
}
