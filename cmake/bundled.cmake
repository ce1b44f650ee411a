# What the distribution's packages are elsewhere, where there is no distribution: in the browser, on Windows, and in a
# program for every Linux (IEMLAB_BUNDLED). Headers are those of the machine that compiles; libraries are compiled from
# upstream's archives, which Debian keeps, in the versions of Debian 13. None of their build files is used.
iem_debian_source(iem_zlib_dir zlib1g "zlib_1.3.dfsg+really1.3.1.orig.tar.gz"
  60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb)
iem_debian_source(iem_freetype_dir libfreetype6 "freetype_2.13.3+dfsg.orig.tar.xz"
  686ec73cbf6783b245dd068a09ce807b729ac0f8a46dd70f7867923c32fdf4de)
iem_debian_source(iem_harfbuzz_dir libharfbuzz0b harfbuzz_10.2.0.orig.tar.xz
  620e3468faec2ea8685d32c46a58469b850ef63040b3565cde05959825b48227)
iem_debian_source(iem_pixman_dir libpixman-1-0 pixman_0.44.0.orig.tar.gz
  89a4c1e1e45e0b23dffe708202cb2eaffde0fe3727d7692b2e1739fec78a7dac)
iem_debian_source(iem_cairo_dir libcairo2 cairo_1.18.4.orig.tar.xz
  445ed8208a6e4823de1226a74ca319d3600e83f6369f99b14265006599c32ccb)
iem_debian_source(iem_webp_dir libwebp7 libwebp_1.5.0.orig.tar.gz
  7d6fab70cf844bf6769077bd5d7a74893f8ffd4dfb42861745750c63c2a5c92c)
iem_debian_source(iem_gif_dir libgif7 giflib_5.2.2.orig.tar.gz
  be7ffbd057cadebe2aa144542fd90c6838c6a083b5e8a9048b8ee3b66b29d5fb)
iem_debian_source(iem_qrcodegen_dir libqrcodegencpp1 qr-code-generator_1.8.0.orig.tar.gz
  2ec0a4d33d6f521c942eeaf473d42d5fe139abcfa57d2beffe10c5cf7d34ae60)

# Read by licences.cmake.
set(ZLIB_VERSION_STRING 1.3.1)
set(FREETYPE_VERSION_STRING 2.13.3)
set(iem_cairo_harfbuzz_VERSION 10.2.0)
set(iem_cairo_cairo_VERSION 1.18.4)
set(iem_webp_libwebp_VERSION 1.5.0)
set(iem_qrcodegen_VERSION 1.8.0)
set(IEM_GIF_INCLUDE_DIR ${iem_gif_dir})

set(bundled_config ${CMAKE_BINARY_DIR}/bundled)

# A page may have no threads, and Windows has not all of POSIX.
set(no_threads OFF)
if(IEM_PLATFORM STREQUAL "web" AND NOT IEMLAB_WEB_THREADS)
  set(no_threads ON)
endif()
if(no_threads)
  set(pixman_threads "PIXMAN_NO_TLS 1")
  set(cairo_has HAVE_UNISTD_H HAVE_LOCALTIME_R HAVE_CTIME_R HAVE_GMTIME_R HAVE_STRNDUP CAIRO_NO_MUTEX)
else()
  set(pixman_threads "TLS __thread")
  if(WIN32)
    set(cairo_has CAIRO_WIN32_STATIC_BUILD)
  else()
    set(cairo_has HAVE_UNISTD_H HAVE_LOCALTIME_R HAVE_CTIME_R HAVE_GMTIME_R HAVE_STRNDUP CAIRO_HAS_PTHREAD CAIRO_HAS_REAL_PTHREAD)
  endif()
endif()

function(iem_bundled_library name folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;INCLUDES;PRIVATE_INCLUDES;LINK;DEFINES;OPTIONS" ${ARGN})
  list(TRANSFORM ARG_SOURCES PREPEND ${folder}/)
  add_library(${name} STATIC EXCLUDE_FROM_ALL ${ARG_SOURCES})
  target_compile_options(${name} PRIVATE -w -ffile-prefix-map=${folder}/= ${ARG_OPTIONS})
  target_include_directories(${name} SYSTEM PUBLIC ${ARG_INCLUDES})
  target_include_directories(${name} PRIVATE ${ARG_PRIVATE_INCLUDES})
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
  target_compile_definitions(${name} PRIVATE ${ARG_DEFINES})
endfunction()

# --- headers alone ---
# iem_bundled_headers(<target> <files and folders of the machine's headers...>)
# In a folder of their own: the machine's other headers must not be seen.
function(iem_bundled_headers target)
  string(REPLACE ":" "_" name ${target})
  set(include ${bundled_config}/headers/${name})
  file(MAKE_DIRECTORY ${include})
  foreach(entry ${ARGN})
    unset(found)
    find_path(found ${entry} PATHS /usr/include /usr/local/include REQUIRED NO_CACHE NO_CMAKE_FIND_ROOT_PATH
      NO_SYSTEM_ENVIRONMENT_PATH)  # /usr/bin has an X11, too
    file(CREATE_LINK ${found}/${entry} ${include}/${entry} SYMBOLIC)
  endforeach()
  if(ARGN STREQUAL eigen3)
    string(APPEND include /eigen3)
  endif()
  add_library(${target} INTERFACE IMPORTED GLOBAL)
  target_include_directories(${target} SYSTEM INTERFACE ${include})
endfunction()
iem_bundled_headers(Eigen3::Eigen eigen3)
iem_bundled_headers(tomlplusplus::tomlplusplus toml++)
iem_bundled_headers(nlohmann_json::nlohmann_json nlohmann)
iem_bundled_headers(CLI11::CLI11 CLI)
target_compile_definitions(tomlplusplus::tomlplusplus INTERFACE TOML_HEADER_ONLY=1)

# iem_header_version(<variable> <file, or a pattern> <names of the macros...>)
function(iem_header_version result pattern)
  set(version "")
  file(GLOB file ${bundled_config}/headers/${pattern})
  foreach(name ${ARGN})
    file(STRINGS ${file} line REGEX "define +${name} " LIMIT_COUNT 1)
    string(REGEX MATCH "${name} +\"?([0-9.]+)" _ "${line}")
    list(APPEND version ${CMAKE_MATCH_1})
  endforeach()
  list(JOIN version . version)
  set(${result} ${version} PARENT_SCOPE)
endfunction()
iem_header_version(Eigen3_VERSION Eigen3__Eigen/eigen3/Eigen/src/Core/util/Macros.h
  EIGEN_WORLD_VERSION EIGEN_MAJOR_VERSION EIGEN_MINOR_VERSION)
iem_header_version(tomlplusplus_VERSION tomlplusplus__tomlplusplus/toml++/impl/version.h*
  TOML_LIB_MAJOR TOML_LIB_MINOR TOML_LIB_PATCH)
iem_header_version(nlohmann_json_VERSION nlohmann_json__nlohmann_json/nlohmann/detail/abi_macros.hpp
  NLOHMANN_JSON_VERSION_MAJOR NLOHMANN_JSON_VERSION_MINOR NLOHMANN_JSON_VERSION_PATCH)
iem_header_version(CLI11_VERSION CLI11__CLI11/CLI/Version.hpp CLI11_VERSION)
if(NOT Eigen3_VERSION VERSION_EQUAL 3.4.0)
  message(FATAL_ERROR "Eigen ${Eigen3_VERSION}: the same bits as elsewhere need 3.4.0")
endif()

# --- zlib ---
set(names adler32 compress crc32 deflate inffast inflate inftrees trees uncompr zutil)
list(TRANSFORM names APPEND .c)
iem_bundled_library(iem_zlib ${iem_zlib_dir} SOURCES ${names} INCLUDES ${iem_zlib_dir})
add_library(ZLIB::ZLIB ALIAS iem_zlib)

# --- FreeType, for the formats of the program's own fonts: TrueType and CFF ---
set(modules "")
foreach(module Module_Class,autofit_module Driver_ClassRec,tt_driver Driver_ClassRec,cff_driver Module_Class,psaux_module
        Module_Class,psnames_module Module_Class,pshinter_module Module_Class,sfnt_module Renderer_Class,ft_smooth_renderer)
  string(REPLACE "," ", " module ${module})
  string(APPEND modules "FT_USE_MODULE( FT_${module}_class )\n")
endforeach()
file(CONFIGURE OUTPUT ${bundled_config}/freetype/iem_ftmodule.h CONTENT "${modules}")
set(names autofit/autofit base/ftbase base/ftbbox base/ftbitmap base/ftdebug base/ftfstype base/ftgasp base/ftglyph base/ftinit
  base/ftmm base/ftstroke base/ftsynth base/ftsystem base/fttype1 cff/cff gzip/ftgzip psaux/psaux psnames/psnames
  pshinter/pshinter sfnt/sfnt smooth/smooth truetype/truetype)
list(TRANSFORM names REPLACE "(.+)" "src/\\1.c")
iem_bundled_library(iem_freetype ${iem_freetype_dir} SOURCES ${names} LINK iem_zlib
  INCLUDES ${iem_freetype_dir}/include PRIVATE_INCLUDES ${bundled_config}/freetype
  DEFINES FT2_BUILD_LIBRARY FT_CONFIG_OPTION_SYSTEM_ZLIB "FT_CONFIG_MODULES_H=<iem_ftmodule.h>")
add_library(Freetype::Freetype ALIAS iem_freetype)

# --- HarfBuzz: one file is all of it and the subsetter, without the shapers of operating systems ---
iem_bundled_library(iem_harfbuzz ${iem_harfbuzz_dir} SOURCES src/harfbuzz-subset.cc INCLUDES ${iem_harfbuzz_dir}/src
  OPTIONS -fno-exceptions -fno-rtti DEFINES $<$<BOOL:${no_threads}>:HB_NO_MT> HB_NO_PRAGMA_GCC_DIAGNOSTIC_ERROR)

# --- pixman and cairo: pictures, PDF and PostScript with FreeType's faces; no window system, no fontconfig, no PNG of its own ---
# The .c files of a list in a meson.build, from what begins it to the closing bracket.
function(iem_meson_sources result file list)
  file(READ ${file} text)
  string(FIND "${text}" "${list}" begin)
  string(SUBSTRING "${text}" ${begin} -1 text)
  string(REGEX MATCH "^[^])]*" text "${text}")
  string(REGEX MATCHALL "[a-z0-9-]+\\.c" found "${text}")
  set(${result} ${found} PARENT_SCOPE)
endfunction()

iem_meson_sources(names ${iem_pixman_dir}/pixman/meson.build "pixman_files = files(")
list(TRANSFORM names PREPEND pixman/)
file(CONFIGURE OUTPUT ${bundled_config}/pixman/pixman-config.h CONTENT
  "#define PACKAGE \"pixman\"\n#define SIZEOF_LONG __SIZEOF_LONG__\n#define HAVE_BUILTIN_CLZ 1\n#define ${pixman_threads}\n")
set(PIXMAN_VERSION_MAJOR 0)
set(PIXMAN_VERSION_MINOR 44)
set(PIXMAN_VERSION_MICRO 0)
configure_file(${iem_pixman_dir}/pixman/pixman-version.h.in ${bundled_config}/pixman/pixman-version.h @ONLY)
iem_bundled_library(iem_pixman ${iem_pixman_dir} SOURCES ${names} DEFINES HAVE_CONFIG_H
  INCLUDES ${iem_pixman_dir}/pixman ${bundled_config}/pixman)

iem_meson_sources(names ${iem_cairo_dir}/src/meson.build "cairo_sources = [")
list(APPEND names cairo-ft-font.c cairo-colr-glyph-render.c cairo-svg-glyph-render.c cairo-pdf-surface.c cairo-pdf-interchange.c
  cairo-ps-surface.c)
list(TRANSFORM names PREPEND src/)
set(features "#pragma once\n#define CAIRO_FEATURES_H 1\n")
foreach(feature FT_FONT IMAGE_SURFACE MIME_SURFACE OBSERVER_SURFACE PDF_SURFACE PS_SURFACE RECORDING_SURFACE USER_FONT)
  string(APPEND features "#define CAIRO_HAS_${feature} 1\n")
endforeach()
file(CONFIGURE OUTPUT ${bundled_config}/cairo/cairo-features.h CONTENT "${features}")
set(config "#pragma once\n#define SIZEOF_VOID_P __SIZEOF_POINTER__\n#define SIZEOF_INT __SIZEOF_INT__\n")
string(APPEND config "#define SIZEOF_LONG __SIZEOF_LONG__\n#define SIZEOF_LONG_LONG __SIZEOF_LONG_LONG__\n"
                     "#define SIZEOF_SIZE_T __SIZEOF_SIZE_T__\n")
foreach(have HAVE_STDINT_H HAVE_INTTYPES_H HAVE_UINT64_T HAVE_CXX11_ATOMIC_PRIMITIVES HAVE_ZLIB ${cairo_has})
  string(APPEND config "#define ${have} 1\n")
endforeach()
file(CONFIGURE OUTPUT ${bundled_config}/cairo/config.h CONTENT "${config}")
iem_bundled_library(iem_cairo_library ${iem_cairo_dir} SOURCES ${names} DEFINES CAIRO_COMPILATION HAVE_CONFIG_H
  LINK iem_pixman iem_freetype iem_zlib OPTIONS -fno-strict-aliasing
  INCLUDES ${iem_cairo_dir}/src ${bundled_config}/cairo)
target_compile_definitions(iem_cairo_library INTERFACE $<$<STREQUAL:${IEM_PLATFORM},windows>:CAIRO_WIN32_STATIC_BUILD>)
add_library(iem_cairo INTERFACE)
target_link_libraries(iem_cairo INTERFACE iem_cairo_library iem_harfbuzz)
add_library(PkgConfig::iem_cairo ALIAS iem_cairo)

# --- libwebp and giflib ---
file(GLOB names RELATIVE ${iem_webp_dir} ${iem_webp_dir}/sharpyuv/*.c ${iem_webp_dir}/src/dec/*.c ${iem_webp_dir}/src/dsp/*.c
  ${iem_webp_dir}/src/enc/*.c ${iem_webp_dir}/src/mux/*.c ${iem_webp_dir}/src/utils/*.c)
iem_bundled_library(iem_webp ${iem_webp_dir} SOURCES ${names} INCLUDES ${iem_webp_dir}/src PRIVATE_INCLUDES ${iem_webp_dir})
iem_bundled_library(iem_gif ${iem_gif_dir} INCLUDES ${iem_gif_dir}
  SOURCES dgif_lib.c egif_lib.c gif_err.c gif_hash.c gifalloc.c openbsd-reallocarray.c)
add_library(iem_webp_gif INTERFACE)
target_link_libraries(iem_webp_gif INTERFACE iem_webp iem_gif)

# --- QR codes ---
iem_bundled_library(iem_qrcodegen ${iem_qrcodegen_dir} SOURCES cpp/qrcodegen.cpp INCLUDES ${iem_qrcodegen_dir}/cpp)
add_library(PkgConfig::iem_qrcodegen ALIAS iem_qrcodegen)

# --- for GLFW, which loads the libraries of X11 and Wayland when a window opens: their headers ---
if(IEM_PLATFORM STREQUAL "desktop")
  iem_bundled_headers(iem_window_headers X11 xkbcommon wayland-version.h wayland-util.h wayland-client.h
    wayland-client-core.h wayland-client-protocol.h wayland-cursor.h wayland-egl.h wayland-egl-core.h)
  get_target_property(window_headers iem_window_headers INTERFACE_INCLUDE_DIRECTORIES)
  foreach(part X11 Xrandr Xinerama Xkb Xcursor Xi Xshape)
    set(X11_${part}_INCLUDE_PATH ${window_headers} CACHE PATH "Headers alone" FORCE)
  endforeach()
  set(X11_X11_LIB X11 CACHE STRING "Never linked")
  set(RT_LIBRARY rt CACHE STRING "The compiler knows where")
  set(MATH_LIBRARY m CACHE STRING "The compiler knows where")
endif()
