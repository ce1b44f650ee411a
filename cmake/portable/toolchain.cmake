# A program for every Linux of x86-64 with glibc 2.28 (2018) or newer: Clang and its C++ library as zig has them, which knows
# the symbols of each version of glibc. Fetched once from the package index, as ziglang, into the cache.
set(IEM_ZIG_VERSION 0.13.0)
set(zig_wheel ziglang-${IEM_ZIG_VERSION}-py3-none-manylinux_2_12_x86_64.manylinux2010_x86_64.musllinux_1_1_x86_64.whl)
set(zig_sha256 3ce0c9f16547e5d61b32e0d226926e9a2552ef4b91fccf7ab5ea1a623a77824b)
set(zig_target x86_64-linux-gnu.2.28)

if(NOT CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL "x86_64")
  message(FATAL_ERROR "The portable program is compiled on x86-64 only.")
endif()
include(${CMAKE_CURRENT_LIST_DIR}/../fetch_archive.cmake)
iem_cached_tree(ziglang-${IEM_ZIG_VERSION} ${zig_wheel} ${zig_sha256} FOLDER ziglang
  WHAT "the compiler zig ${IEM_ZIG_VERSION} (81 MB, once)" OTHERWISE ""
  PIP --only-binary :all: --platform manylinux_2_12_x86_64 ziglang==${IEM_ZIG_VERSION})
iem_cache_folder(cache)
set(IEM_ZIG ${cache}/ziglang-${IEM_ZIG_VERSION})
file(CHMOD ${IEM_ZIG}/zig PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# CMake wants a compiler with a name of its own. What zig compiles it keeps: its libraries for all builds, objects in
# this build folder, also when CMake tries something out. By itself it writes debug information, checks for undefined
# behaviour where -O0 is asked for, and takes -O1 for -O2.
if(NOT IEM_COMPILER_FOLDER)
  set(IEM_COMPILER_FOLDER ${CMAKE_BINARY_DIR}/compiler)
endif()
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES IEM_COMPILER_FOLDER)
foreach(name cc c++)
  file(CONFIGURE OUTPUT ${IEM_COMPILER_FOLDER}/${name} @ONLY CONTENT [[#!/bin/sh
export ZIG_GLOBAL_CACHE_DIR='@cache@/ziglang-libraries' ZIG_LOCAL_CACHE_DIR='@IEM_COMPILER_FOLDER@/kept'
case " $* " in *' -O1 '*) set -- "$@" -Xclang -O1 ;; esac
exec '@IEM_ZIG@/zig' @name@ -target @zig_target@ -g0 -fno-sanitize=undefined "$@"
]])
  file(CHMOD ${IEM_COMPILER_FOLDER}/${name} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
endforeach()
set(CMAKE_C_COMPILER ${IEM_COMPILER_FOLDER}/cc)
set(CMAKE_CXX_COMPILER ${IEM_COMPILER_FOLDER}/c++)
set(CMAKE_ASM_COMPILER ${IEM_COMPILER_FOLDER}/cc)
set(CMAKE_EXE_LINKER_FLAGS_INIT -s)
