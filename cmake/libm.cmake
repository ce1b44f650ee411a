# The elementary functions of core/base/libm.h: musl's, compiled into the program, so that every machine computes the
# same bits. The sources come from the distribution's own package of musl, once, into the same cache as the archive.
#
# Order: -DIEMLAB_MUSL_DIR (an unpacked musl, for packagers), then the cache, then the pool of the mirror this machine
# installs its packages from.

# These versions have the same text in all files used here; what is compiled is checked once more by its text.
set(IEM_MUSL_VERSIONS
  1.2.3=7d5b0b6062521e4627e099e4c9dc8248d32a30285e959b7eecaa780cf8cfd4a4   # Debian 12
  1.2.5=a9a118bbe84d8764da0ea0d28b3ab3fae8477fc7e4085d90102b8596fc7c75e4   # Debian 13
  1.2.4=7a35eae33d5372a7c0da1188de798726f68825513b7ae3ebe97aaaa52114f039   # Ubuntu 24.04
  1.2.2=9b969322012d796dc23dda27a35866034fa67d8fb67e0e2c45c913c3d43219dd)  # Ubuntu 22.04
set(IEM_MUSL_TEXT_SHA256 c9eb1bb2544b356e410bc0e6f1bd98f83617377e6ec8348cc06f44f2a2b2b17d)
set(IEMLAB_MUSL_DIR "" CACHE PATH "Unpacked musl 1.2.2 to 1.2.5 (empty: fetched and cached)")

set(IEM_MUSL_FUNCTIONS
  exp exp_data expm1 log log_data log10 log1p pow pow_data cbrt hypot sin cos __sin __cos __rem_pio2 __rem_pio2_large
  atan atan2 sinh tanh __expo2 erf lgamma_r __math_divzero __math_invalid __math_oflow __math_uflow __math_xflow)
list(TRANSFORM IEM_MUSL_FUNCTIONS REPLACE "(.+)" "src/math/\\1.c" OUTPUT_VARIABLE IEM_MUSL_SOURCES)
set(IEM_MUSL_FILES ${IEM_MUSL_SOURCES} src/math/exp_data.h src/math/log_data.h src/math/pow_data.h src/internal/libm.h)

# Stops unless the files in `folder` have the text that every other build of the program has.
function(iem_check_musl folder)
  set(hashes "")
  foreach(file ${IEM_MUSL_FILES})
    if(NOT EXISTS "${folder}/${file}")
      message(FATAL_ERROR "${folder} has no ${file}: not an unpacked musl 1.2.2 to 1.2.5?")
    endif()
    file(SHA256 "${folder}/${file}" hash)
    string(APPEND hashes "${hash}")
  endforeach()
  string(SHA256 found "${hashes}")
  if(NOT found STREQUAL IEM_MUSL_TEXT_SHA256)
    message(FATAL_ERROR
      "The mathematical functions in ${folder} are not those of musl 1.2.2 to 1.2.5: they would give other last bits, "
      "and a run would not end on the hash it has on other machines. (If this is the cache, delete the folder.)\n"
      "  expected ${IEM_MUSL_TEXT_SHA256}\n  found    ${found}")
  endif()
endfunction()

# Puts one of the known archives into `folder` and says which (musl_VERSION.orig.tar.gz).
function(iem_download_musl result folder)
  iem_debian_pool(pool musl "${folder}/apt")
  if(pool)
    message(STATUS "Fetching musl's source (1 MB, once)")
    foreach(known ${IEM_MUSL_VERSIONS})
      string(REPLACE "=" ";" known "${known}")
      list(GET known 0 version)
      list(GET known 1 hash)
      set(name musl_${version}.orig.tar.gz)
      iem_debian_download(came "${pool}${name}" "${folder}/${name}" ${hash})
      if(came)
        set(${result} ${name} PARENT_SCOPE)
        return()
      endif()
    endforeach()
  endif()
  file(REMOVE_RECURSE "${folder}")
  iem_cache_folder(cache)
  message(FATAL_ERROR
    "musl's source could not be fetched with apt (is this Debian or Ubuntu, is there a network?).\n"
    "Put musl_1.2.5.orig.tar.gz, which is musl's own musl-1.2.5.tar.gz, into ${cache}/ "
    "or pass -DIEMLAB_MUSL_DIR=<unpacked musl 1.2.2 to 1.2.5>.\n${came_REASON}")
endfunction()

# One of the known archives from the cache, its SHA-256 checked; empty when none is there.
function(iem_cached_musl result cache)
  set(${result} "" PARENT_SCOPE)
  foreach(known ${IEM_MUSL_VERSIONS})
    string(REPLACE "=" ";" known "${known}")
    list(GET known 0 version)
    list(GET known 1 hash)
    set(archive "${cache}/musl_${version}.orig.tar.gz")
    if(EXISTS "${archive}")
      file(SHA256 "${archive}" found)
      if(NOT found STREQUAL hash)
        message(FATAL_ERROR "Wrong SHA-256 of ${archive}\n  expected ${hash}\n  found    ${found}\n"
                            "Delete the file to fetch it again.")
      endif()
      set(${result} "${archive}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# iem_find_musl(<result variable>): the folder with musl's src/.
function(iem_find_musl result)
  if(IEMLAB_MUSL_DIR)
    iem_check_musl("${IEMLAB_MUSL_DIR}")
    set(${result} "${IEMLAB_MUSL_DIR}" PARENT_SCOPE)
    return()
  endif()
  iem_cache_folder(cache)
  set(tree "${cache}/musl-math-1")  # the number names this selection of files: raise it when the list changes
  if(NOT EXISTS "${tree}")
    # In a folder of this process and renamed when whole, as in fetch_archive.cmake.
    string(RANDOM LENGTH 8 tag)
    set(work "${cache}/unpack-${tag}")
    file(MAKE_DIRECTORY "${work}")
    iem_cached_musl(archive "${cache}")
    if(NOT archive)
      iem_download_musl(name "${work}")
      file(RENAME "${work}/${name}" "${cache}/${name}")
      iem_cached_musl(archive "${cache}")
    endif()
    string(REGEX MATCH "musl_([0-9.]+)\\.orig" _ "${archive}")
    set(folder musl-${CMAKE_MATCH_1})
    list(TRANSFORM IEM_MUSL_FILES PREPEND "${folder}/" OUTPUT_VARIABLE files)
    file(ARCHIVE_EXTRACT INPUT "${archive}" DESTINATION "${work}" PATTERNS ${files})
    iem_put_tree("${work}/${folder}" "${tree}" "${work}")
  endif()
  iem_check_musl("${tree}")
  set(${result} "${tree}" PARENT_SCOPE)
endfunction()

iem_find_musl(musl)
list(TRANSFORM IEM_MUSL_SOURCES PREPEND "${musl}/")
# musl's libm.h includes what a processor may add; nothing, here.
set(musl_empty ${CMAKE_BINARY_DIR}/third_party/musl)
file(CONFIGURE OUTPUT ${musl_empty}/fp_arch.h CONTENT "")
if(WIN32)  # has not these headers of Unix
  file(CONFIGURE OUTPUT ${musl_empty}/features.h CONTENT "")
  file(CONFIGURE OUTPUT ${musl_empty}/endian.h CONTENT "#define __LITTLE_ENDIAN 1234\n#define __BYTE_ORDER __LITTLE_ENDIAN\n")
endif()
add_library(iem_libm STATIC EXCLUDE_FROM_ALL ${IEM_MUSL_SOURCES})
target_include_directories(iem_libm PRIVATE ${musl}/src/internal ${musl_empty})
target_compile_options(iem_libm PRIVATE
  -w -Werror=implicit-function-declaration -include ${CMAKE_SOURCE_DIR}/cmake/libm_names.h -ffile-prefix-map=${musl}/= ${third_party_sanitize}
  # What the bits depend on: products and sums rounded one by one whatever the processor has, doubles that are doubles,
  # and nothing folded or reordered, also when somebody's own CFLAGS say -march=native or -ffast-math.
  -std=gnu11 -O2 -fno-fast-math -ffp-contract=off -U__FP_FAST_FMA -frounding-math
  $<$<C_COMPILER_ID:GNU>:-fexcess-precision=standard> -fno-strict-aliasing -fno-math-errno)
set_target_properties(iem_libm PROPERTIES C_EXTENSIONS ON)
