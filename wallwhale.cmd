@echo off
rem WallWhale Server's commands from a checkout, on Windows: those that ask a server. Needs JDK 17 and Maven 3.8; builds first if nothing is
rem built yet. Servers and downloads need Linux or macOS, which WSL is: private files and guarded processes are those of POSIX.
setlocal
set "here=%~dp0"
for %%c in (serve dev check download engine doctor backup restore) do if "%~1"=="%%c" goto posix
if not exist "%here%target\wallwhale\WEB-INF\classes" call :build || exit /b 3
java -Dfile.encoding=UTF-8 -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "%here%target\wallwhale\WEB-INF\classes;%here%target\wallwhale\WEB-INF\lib\*" org.wallwhale.cli.Main %*
exit /b %errorlevel%

:posix
echo wallwhale %~1 needs Linux or macOS: run ./wallwhale %~1 in WSL or a container. 1>&2
exit /b 2

:build
where javac >nul 2>nul || (echo No JDK found. Install JDK 17 or newer. 1>&2 & exit /b 3)
where mvn >nul 2>nul || (echo No Maven found. Install Maven 3.8 or newer. 1>&2 & exit /b 3)
pushd "%here%"
call mvn -B -q clean package -Dmaven.test.skip=true
popd
exit /b %errorlevel%
