# Source archives of the distribution, from the pool of the mirror that this machine installs its packages from.

# iem_debian_pool(<result> <package> <work>): the folder of the pool that holds a binary package and its source, by apt's
# own lists, which name the package below it. Where there are none (an image that has removed them) apt fetches some
# into `work`, which needs no root. Empty without apt.
function(iem_debian_pool result package work)
  set(${result} "" PARENT_SCOPE)
  set(own -o Dir::State::Lists=${work}/lists -o Dir::Cache=${work} -o Debug::NoLocking=1)
  foreach(options "" "${own}")
    if(options)
      file(MAKE_DIRECTORY "${work}/lists/partial")
      execute_process(COMMAND apt-get ${options} -qq update OUTPUT_QUIET ERROR_QUIET)
    endif()
    execute_process(COMMAND apt-get ${options} download --print-uris ${package} OUTPUT_VARIABLE uris ERROR_QUIET)
    if(uris MATCHES "'([^']+/)[^/']+\\.deb'")
      set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

# iem_debian_download(<result> <address> <file> <sha256>): whether the file came. apt's helper is asked, since it knows
# the machine's proxy and every kind of mirror; it checks the SHA-256. What it says goes to <result>_REASON.
function(iem_debian_download result address file hash)
  execute_process(COMMAND /usr/lib/apt/apt-helper download-file ${address} ${file} SHA256:${hash}
    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE reason)
  set(${result}_REASON "${reason}" PARENT_SCOPE)
  set(${result} FALSE PARENT_SCOPE)
  if(NOT failed AND EXISTS "${file}")
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()

# iem_debian_source(<result> <package> <archive> <sha256>): the unpacked folder of an archive of upstream's sources,
# cached beside the other archives. `package` is a binary package made of them.
function(iem_debian_source result package archive hash)
  iem_cache_folder(cache)
  string(REGEX REPLACE "\\.orig\\.tar\\.[a-z0-9]+$" "" name "${archive}")
  set(tree "${cache}/sources/${name}")
  if(NOT EXISTS "${tree}")
    # In a folder of this process and renamed when whole, as in fetch_archive.cmake.
    string(RANDOM LENGTH 8 tag)
    set(work "${cache}/unpack-${tag}")
    file(MAKE_DIRECTORY "${work}/tree" "${cache}/sources")
    set(file "${cache}/${archive}")
    if(NOT EXISTS "${file}")
      message(STATUS "Fetching ${archive} (once)")
      iem_debian_pool(pool ${package} "${work}/apt")
      string(REPLACE "+" "%2b" address "${pool}${archive}")
      iem_debian_download(came "${address}" "${work}/archive" ${hash})
      if(NOT came)
        file(REMOVE_RECURSE "${work}")
        message(FATAL_ERROR "${archive} could not be fetched with apt (is this Debian, is there a network?).\n"
                            "Put it into ${cache}/.\n${came_REASON}")
      endif()
      file(RENAME "${work}/archive" "${file}")
    endif()
    iem_require_hash("${file}" ${hash} "${work}")
    file(ARCHIVE_EXTRACT INPUT "${file}" DESTINATION "${work}/tree")
    file(GLOB top "${work}/tree/*")  # one folder
    iem_put_tree("${top}" "${tree}" "${work}")
  endif()
  set(${result} "${tree}" PARENT_SCOPE)
endfunction()
