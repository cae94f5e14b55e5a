# What ./signalbox does before it starts, for Windows: finds a JDK >= 25 and builds what changed.
# Prints "jdk=FOLDER" and "run=FOLDER" for signalbox.cmd, or "status=N" after it has said what is wrong on stderr.
$ErrorActionPreference = 'Stop'
$leastJdk = 25
$root = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
$target = Join-Path $root 'app-ui\target'
$runs = Join-Path $target 'run'
$stamp = Join-Path $runs 'stamp'
$currentFile = Join-Path $runs 'current'
$log = Join-Path $target 'signalbox-build.log'

function Say([string] $text) {
    [Console]::Error.WriteLine("signalbox: $text")
}

function End-With([int] $status) {
    Write-Output "status=$status"
    exit 0
}

function Get-JdkVersion([string] $folder) {
    $release = Join-Path $folder 'release'
    $compiler = Join-Path $folder 'bin\javac.exe'
    if ((Test-Path -LiteralPath $release) -and (Test-Path -LiteralPath $compiler)) {
        $line = Select-String -LiteralPath $release -Pattern '^JAVA_VERSION="?(\d+)' | Select-Object -First 1
        if ($line) { return [int] $line.Matches[0].Groups[1].Value }
    }
    return 0
}

function Find-Jdk {
    if ($env:JAVA_HOME -and (Get-JdkVersion $env:JAVA_HOME) -ge $leastJdk) { return $env:JAVA_HOME }
    $java = Get-Command java.exe -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($java) {
        $ofPath = Split-Path (Split-Path $java.Source)
        if ((Get-JdkVersion $ofPath) -ge $leastJdk) { return $ofPath }
    }
    $vendors = 'Java', 'Eclipse Adoptium', 'Microsoft', 'Zulu', 'Amazon Corretto', 'BellSoft', 'OpenJDK'
    $folders = @($vendors | ForEach-Object { Join-Path $env:ProgramFiles $_ })
    $folders += Join-Path $env:USERPROFILE '.jdks'
    $folders += Join-Path $env:USERPROFILE 'scoop\apps'
    $folders | Where-Object { Test-Path -LiteralPath $_ } |
        ForEach-Object { Get-ChildItem -LiteralPath $_ -Directory } |
        ForEach-Object { [pscustomobject] @{ Folder = $_.FullName; Version = Get-JdkVersion $_.FullName } } |
        Where-Object { $_.Version -ge $leastJdk } |
        Sort-Object Version | Select-Object -First 1 -ExpandProperty Folder
}

function Get-CurrentRun {
    if (Test-Path -LiteralPath $currentFile) {
        $run = Join-Path $runs (Get-Content -LiteralPath $currentFile -TotalCount 1)
        if (Test-Path -LiteralPath $run) { return $run }
    }
}

function Test-Built {
    if (-not (Get-CurrentRun) -or -not (Test-Path -LiteralPath $stamp)) { return $false }
    $built = (Get-Item -LiteralPath $stamp).LastWriteTimeUtc
    $sources = @(Get-Item (Join-Path $root 'pom.xml'), (Join-Path $root '*\pom.xml'))
    $sources += Get-ChildItem -Path (Join-Path $root '*\src\main') -Recurse
    -not ($sources | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1)
}

function Invoke-Build([string] $jdk) {
    Say 'building what changed'
    New-Item -ItemType Directory -Force $runs | Out-Null
    $started = (Get-Date).ToUniversalTime()
    $etcd = Join-Path $root 'store-etcd\target'
    Remove-Item -Recurse -Force (Join-Path $target 'lib'), (Join-Path $target 'app-ui-*.jar'), `
        (Join-Path $etcd 'lib'), (Join-Path $etcd 'store-etcd-*.jar') -ErrorAction SilentlyContinue
    $env:JAVA25_HOME = $jdk
    if (-not $env:JAVA_HOME) { $env:JAVA_HOME = $jdk }
    Push-Location $root
    & cmd.exe /d /c "mvn -q -B -Dmaven.test.skip=true package > `"$log`" 2>&1 < nul"
    $status = $LASTEXITCODE
    Pop-Location
    if ($status -ne 0) {
        Say "the build failed; all of it is in $log"
        Get-Content -LiteralPath $log | Select-String '^\[ERROR\]|ERROR:' | Select-Object -First 15 |
            ForEach-Object { [Console]::Error.WriteLine($_.Line) }
        End-With 1
    }
    $fresh = (Get-Date -Format 'yyyyMMdd-HHmmss') + "-$PID"
    $run = Join-Path $runs $fresh
    $fx = Join-Path $run 'javafx'
    New-Item -ItemType Directory $fx | Out-Null
    Copy-Item (Join-Path $target 'app-ui-*.jar'), (Join-Path $target 'lib\*.jar') $run
    Move-Item (Join-Path $run 'javafx-*-*-*.jar') $fx
    Remove-Item (Join-Path $run 'javafx-*.jar')
    if (Test-Path (Join-Path $etcd 'lib')) {
        $shared = Join-Path $run 'etcd'
        New-Item -ItemType Directory $shared | Out-Null
        Copy-Item (Join-Path $etcd 'store-etcd-*.jar'), (Join-Path $etcd 'lib\*.jar') $shared
    }
    Set-Content -LiteralPath $currentFile -Value $fresh
    Set-Content -LiteralPath $stamp -Value ''
    (Get-Item -LiteralPath $stamp).LastWriteTimeUtc = $started
    Get-ChildItem -LiteralPath $runs -Directory | Sort-Object Name -Descending | Select-Object -Skip 3 |
        Remove-Item -Recurse -Force -ErrorAction SilentlyContinue
}

$jdk = Find-Jdk
if (-not $jdk) {
    Say "no JDK $leastJdk or newer (looked at JAVA_HOME, PATH and the usual install folders)"
    Say 'install one, for example with: winget install EclipseAdoptium.Temurin.25.JDK'
    End-With 69
}
$lock = New-Object System.Threading.Mutex($false, 'Local\signalbox-build')
try { [void] $lock.WaitOne() } catch [System.Threading.AbandonedMutexException] { }
try {
    if (-not (Test-Built)) {
        if (Get-Command mvn -ErrorAction SilentlyContinue) {
            Invoke-Build $jdk
        } elseif (Get-CurrentRun) {
            Say 'sources changed, but there is no mvn on the PATH: running the last build'
        } else {
            Say 'not built yet, and there is no mvn on the PATH'
            Say 'install Maven 3.8 or newer, then start again'
            End-With 69
        }
    }
} finally {
    $lock.ReleaseMutex()
}
Write-Output "jdk=$jdk"
Write-Output "run=$(Get-CurrentRun)"
