@echo off
rem WallWhale Server's commands from a checkout, on Windows. Those that ask a server run here and need JDK 17 and Maven 3.8; they build first
rem if nothing is built yet. Servers, downloads and what reads their data run in WSL, with the JDK and Maven in there.
setlocal
set "here=%~dp0"
for %%c in (serve dev check host download engine doctor backup restore cert config) do if "%~1"=="%%c" goto wsl
if not exist "%here%target\wallwhale\WEB-INF\classes" call :build || exit /b 3
where java >nul 2>nul || (echo No Java found. Install JDK 17 or newer. 1>&2 & exit /b 3)
java -Dfile.encoding=UTF-8 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "%here%target\wallwhale\WEB-INF\classes;%here%target\wallwhale\WEB-INF\lib\*" org.wallwhale.cli.Main %*
exit /b %errorlevel%

:wsl
where wsl >nul 2>nul || (echo wallwhale %~1 runs in WSL on Windows, because private files and guarded processes are those of POSIX. Install it by "wsl --install". 1>&2 & exit /b 3)
rem It takes a backslash for itself.
set "there=%here:\=/%"
set "launcher="
for /f "usebackq delims=" %%p in (`wsl wslpath -a "%there%wallwhale"`) do set "launcher=%%p"
if not defined launcher (echo WSL does not find this folder: run ./wallwhale %~1 in WSL itself. 1>&2 & exit /b 3)
rem What is set here is set there.
for /f "delims==" %%v in ('set WALLWHALE_ 2^>nul') do call set "WSLENV=%%WSLENV%%:%%v"
wsl bash "%launcher%" %*
exit /b %errorlevel%

:build
where javac >nul 2>nul || (echo No JDK found. Install JDK 17 or newer. 1>&2 & exit /b 3)
where mvn >nul 2>nul || (echo No Maven found. Install Maven 3.8 or newer. 1>&2 & exit /b 3)
pushd "%here%"
call mvn -B -q clean package -Dmaven.test.skip=true
popd
exit /b %errorlevel%
