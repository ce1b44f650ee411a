# Finds the unpacked source archive of the interface libraries, fetching it once if need be.
#
#   iem_find_third_party(<result variable>)
#
# Order: -DIEMLAB_THIRD_PARTY_DIR (an unpacked tree, for packagers), then the cache, then the package index.
# The cache lies outside the build folder so that a fresh clone, a second preset and a machine without a
# network all find it: ${XDG_CACHE_HOME:-~/.cache}/iemlab/.

set(IEM_ARCHIVE_NAME imgui_bundle-1.93.0)
set(IEM_ARCHIVE_SHA256 10ad1dab8258a6787b4f07bb926b08d0efc648a7906242568c8dd778c5e719bf)
set(IEMLAB_THIRD_PARTY_DIR "" CACHE PATH "Unpacked ${IEM_ARCHIVE_NAME} source tree (empty: fetched and cached)")

# Only these are compiled or embedded; the rest of the archive (bindings, demos, other libraries) stays packed.
# The number names this selection in the cache: raise it when something is added to the list.
set(IEM_ARCHIVE_SELECTION 1)
set(IEM_ARCHIVE_PARTS
  imgui/imgui implot/implot imgui_test_engine/imgui_test_engine/imgui_test_engine glfw/glfw
  imgui_rich_md/imgui_rich_md/LICENSE imgui_rich_md/imgui_rich_md/THIRD_PARTY_LICENSES.md
  imgui_rich_md/imgui_rich_md/imgui_rich_md imgui_rich_md/imgui_rich_md/external imgui_rich_md/imgui_rich_md/assets
  imgui_microtex/MicroTeX/LICENSE imgui_microtex/MicroTeX/lib
  imgui-command-palette/imgui-command-palette portable_file_dialogs/portable_file_dialogs
  hello_imgui/hello_imgui/hello_imgui_assets/fonts)

function(iem_cache_folder result)
  if(DEFINED ENV{XDG_CACHE_HOME} AND NOT "$ENV{XDG_CACHE_HOME}" STREQUAL "")
    set(${result} "$ENV{XDG_CACHE_HOME}/iemlab" PARENT_SCOPE)
  else()
    set(${result} "$ENV{HOME}/.cache/iemlab" PARENT_SCOPE)
  endif()
endfunction()

# iem_pip_download(<what> <its file> <folder> <where else it may be> <arguments of pip download...>)
# Debian's own interpreter comes first: another `python3` on the PATH may lack pip, or be too old for the index
# to offer the archive to it.
function(iem_pip_download what file folder otherwise)
  foreach(python /usr/bin/python3 python3)
    execute_process(COMMAND ${python} -m pip --version RESULT_VARIABLE missing OUTPUT_QUIET ERROR_QUIET)
    if(missing)
      continue()
    endif()
    message(STATUS "Fetching ${what}")
    execute_process(
      COMMAND ${python} -m pip download --quiet --disable-pip-version-check --no-input --no-deps --dest "${folder}" ${ARGN}
      RESULT_VARIABLE failed ERROR_VARIABLE reason)
    if(NOT failed)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR
    "${file} could not be fetched with pip (is python3-pip installed, is there a network?).\n"
    "Put the file into ${otherwise}.\n${reason}")
endfunction()

# iem_require_hash(<file> <sha256> <folder to remove where it is another>)
function(iem_require_hash file hash work)
  file(SHA256 "${file}" found)
  if(NOT found STREQUAL hash)
    file(REMOVE_RECURSE "${work}")
    message(FATAL_ERROR "Wrong SHA-256 of ${file}\n  expected ${hash}\n  found    ${found}\n"
                        "Delete the file to fetch it again.")
  endif()
endfunction()

# iem_put_tree(<folder> <tree> <folder to remove>): the folder becomes the tree, unless another process was sooner.
function(iem_put_tree folder tree work)
  file(RENAME "${folder}" "${tree}" RESULT lost_the_race)
  file(REMOVE_RECURSE "${work}")
  if(lost_the_race AND NOT EXISTS "${tree}")
    message(FATAL_ERROR "Cannot create ${tree}: ${lost_the_race}")
  endif()
endfunction()

# iem_cached_tree(<name> <archive> <sha256> FOLDER <of the archive> [PARTS <of that folder...>] WHAT <it is, for people>
#   OTHERWISE <where else it may be> PIP <arguments of pip download...>): fetches the archive unless the cache holds it,
# and unpacks the folder, or those parts of it, as <name> in the cache.
function(iem_cached_tree name archive hash)
  cmake_parse_arguments(ARG "" "FOLDER;WHAT;OTHERWISE" "PARTS;PIP" ${ARGN})
  iem_cache_folder(cache)
  set(tree "${cache}/${name}")
  if(EXISTS "${tree}")
    return()
  endif()
  # Everything happens in a folder of this process and is renamed when whole: two builds may start at once,
  # and an interrupted one leaves nothing that looks complete.
  string(RANDOM LENGTH 8 tag)
  set(work "${cache}/unpack-${tag}")
  file(MAKE_DIRECTORY "${work}")
  set(file "${cache}/${archive}")
  if(NOT EXISTS "${file}")
    iem_pip_download("${ARG_WHAT}" "${archive}" "${work}" "${cache}/${ARG_OTHERWISE}" ${ARG_PIP})
    file(RENAME "${work}/${archive}" "${file}")
  endif()
  iem_require_hash("${file}" ${hash} "${work}")
  list(TRANSFORM ARG_PARTS PREPEND "${ARG_FOLDER}/")
  if(NOT ARG_PARTS)
    set(ARG_PARTS "${ARG_FOLDER}/*")
  endif()
  file(ARCHIVE_EXTRACT INPUT "${file}" DESTINATION "${work}" PATTERNS ${ARG_PARTS})
  iem_put_tree("${work}/${ARG_FOLDER}" "${tree}" "${work}")
endfunction()

function(iem_find_third_party result)
  if(IEMLAB_THIRD_PARTY_DIR)
    if(NOT EXISTS "${IEMLAB_THIRD_PARTY_DIR}/external/imgui/imgui/imgui.h")
      message(FATAL_ERROR "IEMLAB_THIRD_PARTY_DIR=${IEMLAB_THIRD_PARTY_DIR} has no external/imgui/imgui/imgui.h")
    endif()
    set(${result} "${IEMLAB_THIRD_PARTY_DIR}/external" PARENT_SCOPE)
    return()
  endif()

  iem_cache_folder(cache)
  set(tree ${IEM_ARCHIVE_NAME}-${IEM_ARCHIVE_SELECTION})
  list(TRANSFORM IEM_ARCHIVE_PARTS PREPEND external/ OUTPUT_VARIABLE parts)
  # Not `--no-binary :all:`, which would also build pip's own build tools from source.
  iem_cached_tree(${tree} ${IEM_ARCHIVE_NAME}.tar.gz ${IEM_ARCHIVE_SHA256} FOLDER ${IEM_ARCHIVE_NAME} PARTS ${parts}
    WHAT "${IEM_ARCHIVE_NAME}.tar.gz (54 MB, once)" OTHERWISE " or pass -DIEMLAB_THIRD_PARTY_DIR=<unpacked archive>"
    PIP --no-binary imgui-bundle imgui-bundle==1.93.0)
  set(${result} "${cache}/${tree}/external" PARENT_SCOPE)
endfunction()

# cmake -P cmake/fetch_archive.cmake: fetches it for later.
if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  iem_find_third_party(found)
endif()
