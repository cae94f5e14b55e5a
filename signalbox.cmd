@echo off
rem Runs Signalbox from a checkout on Windows: finds a JDK, builds what changed, and starts.
rem packaging\windows\prepare.ps1 does the first two and prints the JDK's folder and the build to run.
setlocal EnableExtensions DisableDelayedExpansion
set "SIGNALBOX_JDK="
set "SIGNALBOX_RUN="
for /f "usebackq tokens=1,* delims==" %%a in (`powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0packaging\windows\prepare.ps1"`) do (
    if "%%a"=="jdk" set "SIGNALBOX_JDK=%%b"
    if "%%a"=="run" set "SIGNALBOX_RUN=%%b"
    if "%%a"=="status" exit /b %%b
)
if not defined SIGNALBOX_JDK exit /b 1
if not defined SIGNALBOX_RUN exit /b 1
rem The reasons are in the script for other systems.
set "SIGNALBOX_MEMORY=-Xmx512m"
set "SIGNALBOX_COLLECTOR=-XX:+UseSerialGC"
if "%~1"=="" set "SIGNALBOX_COLLECTOR=-XX:+UseG1GC -XX:MaxGCPauseMillis=50"
if "%~1"=="console" set "SIGNALBOX_COLLECTOR=-XX:+UseG1GC -XX:MaxGCPauseMillis=50"
if "%~1"=="sidecar" set "SIGNALBOX_MEMORY=-Xms12m -Xmn4m -Xmx256m -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10 -XX:-ShrinkHeapInSteps"
"%SIGNALBOX_JDK%\bin\java.exe" -XX:+UseCompactObjectHeaders %SIGNALBOX_COLLECTOR% %SIGNALBOX_MEMORY% %SIGNALBOX_JAVA_OPTS% ^
    --module-path "%SIGNALBOX_RUN%\javafx" --add-modules javafx.controls ^
    --add-exports javafx.base/com.sun.javafx.event=ALL-UNNAMED ^
    --add-opens javafx.graphics/javafx.scene=ALL-UNNAMED ^
    --enable-native-access=ALL-UNNAMED,javafx.graphics ^
    -cp "%SIGNALBOX_RUN%\*" io.signalbox.console.Launcher %*
exit /b %ERRORLEVEL%
