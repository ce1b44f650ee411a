# How our own code is compiled, and the helper that makes a target of a folder.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

# Paths in __FILE__ and debug information are relative to the project: binaries name no machine.
set(IEM_PREFIX_MAP -ffile-prefix-map=${CMAKE_SOURCE_DIR}/= -ffile-prefix-map=${CMAKE_BINARY_DIR}/=)
if(IEM_OBJECT_CACHE)  # they are relative to the build folder there
  file(RELATIVE_PATH from_build ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR})
  list(APPEND IEM_PREFIX_MAP -ffile-prefix-map=${from_build}/=)
endif()

# A newer compiler may know new warnings, and those must not stop somebody who only wants to run the program.
set(werror_default OFF)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  set(werror_default ON)
endif()
option(IEMLAB_WERROR "Warnings in our code are errors" ${werror_default})

add_library(iem_flags INTERFACE)
target_compile_options(iem_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wnon-virtual-dtor
  # Where sources are joined, a local name may hide what is local to another file.
  $<$<NOT:$<BOOL:${IEMLAB_JOIN_SOURCES}>>:-Wshadow>
  # Declarations name the fields they set; the others have defaults.
  -Wno-missing-field-initializers
  -Woverloaded-virtual -Wextra-semi -Wcast-qual -Wundef
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond;-Wlogical-op;-Wno-psabi>
  $<$<BOOL:${IEMLAB_WERROR}>:-Werror>
  # One rounding per operation as written. With contraction the compiler fuses a*b+c wherever it likes, so that
  # the same formula gives other bits in another function, build type or instruction set, and a session would
  # not replay to its hash.
  -ffp-contract=off
  # Joined sources are large: GCC would look through all of its memory for garbage several times a file.
  $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=1000000>
  ${IEM_PREFIX_MAP})
target_include_directories(iem_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)

# iem_precompile(<target> <headers...>): these and the common headers, parsed once for the target; not with a launcher
# of somebody else's, such as a cache that knows each file by what it includes.
# iem_precompile(<target> LIKE <other>): what another target of the same options has parsed.
function(iem_precompile target)
  if(IEMLAB_PRECOMPILE AND (IEM_OBJECT_CACHE OR NOT CMAKE_CXX_COMPILER_LAUNCHER))
    if(ARGV1 STREQUAL LIKE)
      target_precompile_headers(${target} REUSE_FROM ${ARGV2})
    else()
      target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/common_headers.h ${ARGN})
    endif()
    # A cache looks at preprocessed sources: these name the header instead of holding it.
    target_compile_options(${target} PRIVATE $<$<BOOL:${IEM_OBJECT_CACHE}>:-fpch-preprocess>)
    # Through a precompiled header GCC 12 warns of its own string concatenation (GCC bug 105651).
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-restrict;-Wno-stringop-overflow>)
  endif()
endfunction()

# Sources compiled a few at a time: what they share is parsed and instantiated once, which halves the time of a build
# from nothing. File-local names of one target must then differ; other presets compile each file alone.
function(iem_join_sources target)
  if(IEMLAB_JOIN_SOURCES)
    # Lists, and what tells the test engine of its items, may be compiled once more into a program of its own, which
    # then takes everything but these from the library: they stay objects of their own.
    get_target_property(sources ${target} SOURCES)
    foreach(source ${sources})
      if(NOT source MATCHES "\\.cpp$")
        continue()
      endif()
      file(STRINGS ${source} hooks REGEX "IMGUI_TEST_ENGINE_" LIMIT_COUNT 1)
      if(hooks OR source MATCHES "registry\\.cpp$")
        set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
      endif()
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${IEMLAB_JOIN_SOURCES})
    # GCC takes what is included for a header, where a class may not hold what is local to one file.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

# For what waits for people and for files: compiled sooner instead of running faster. At that level GCC takes a
# temporary of a constructor for uninitialised.
function(iem_compile_sooner)
  foreach(target ${ARGN})
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>
      $<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-maybe-uninitialized>)
  endforeach()
endfunction()

# iem_choose_platform(<list of sources>): leaves those that are for this kind of machine (docs/platforms.md).
function(iem_choose_platform list)
  set(sources ${${list}})
  # Windows is a desktop, too: what lies in a folder windows/ stands for the file of that name one folder up or, in
  # platform/, in desktop/. It includes Windows' headers, whose macros have names of ours, and is compiled alone.
  if(IEM_PLATFORM STREQUAL "windows")
    set(own ${sources})
    list(FILTER own INCLUDE REGEX "/windows/")
    list(TRANSFORM own REPLACE "/windows/" "/" OUTPUT_VARIABLE above)
    list(TRANSFORM own REPLACE "/windows/" "/desktop/" OUTPUT_VARIABLE beside)
    list(REMOVE_ITEM sources "" ${above} ${beside})
    set(alone ${sources})
    list(FILTER alone INCLUDE REGEX "/windows/|/file_dialog\\.cpp$")
    set_source_files_properties(${alone} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  else()
    list(FILTER sources EXCLUDE REGEX "/windows/")
  endif()
  # A page has answers of its own, and elsewhere NAME_web.cpp stands for NAME.cpp there.
  set(twins ${sources})
  list(FILTER twins INCLUDE REGEX "_web\\.cpp$")
  if(IEM_PLATFORM STREQUAL "web")
    list(FILTER sources EXCLUDE REGEX "/platform/desktop/")
    list(TRANSFORM twins REPLACE "_web\\.cpp$" ".cpp")
  else()
    list(FILTER sources EXCLUDE REGEX "/platform/web/")
  endif()
  list(REMOVE_ITEM sources "" ${twins})
  set(${list} ${sources} PARENT_SCOPE)
endfunction()

# iem_folder_library(<name> FOLDERS <folders...> LINK <targets...> [PRECOMPILE <of iem_precompile...>] [FAST <regex>])
# A static library of every .cpp in the folders: adding a file needs no edit here. While a folder has no sources
# the target is an interface, so that its users still configure. With FAST all sources but those that match are
# compiled sooner, and PRECOMPILE is for them.
function(iem_folder_library name)
  cmake_parse_arguments(ARG "" "FAST" "FOLDERS;LINK;PRECOMPILE" ${ARGN})
  list(TRANSFORM ARG_FOLDERS APPEND "/*.cpp" OUTPUT_VARIABLE patterns)
  list(TRANSFORM patterns PREPEND "${CMAKE_SOURCE_DIR}/")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${patterns})
  iem_choose_platform(sources)
  list(FILTER sources EXCLUDE REGEX "_isa\\.cpp$")  # compiled once for each instruction set (kernel.cmake)
  if(ARG_FAST)
    set(others ${sources})
    list(FILTER others EXCLUDE REGEX ${ARG_FAST})
    list(FILTER sources INCLUDE REGEX ${ARG_FAST})
    add_library(${name}_others OBJECT ${others})
    target_link_libraries(${name}_others PUBLIC ${ARG_LINK} PRIVATE iem_flags)
    iem_precompile(${name}_others ${ARG_PRECOMPILE})
    iem_join_sources(${name}_others)
    iem_compile_sooner(${name}_others)
    set(ARG_PRECOMPILE "")
  endif()
  if(sources)
    add_library(${name} STATIC ${sources} $<$<TARGET_EXISTS:${name}_others>:$<TARGET_OBJECTS:${name}_others>>)
    target_link_libraries(${name} PUBLIC ${ARG_LINK} PRIVATE iem_flags)
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
    iem_precompile(${name} ${ARG_PRECOMPILE})
    iem_join_sources(${name})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE ${ARG_LINK})
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
  endif()
endfunction()

# In sanitized programs no library is ever unloaded: leaks of one that is gone have no name that could be suppressed.
if(IEMLAB_SANITIZE)
  add_library(iem_keep_loaded OBJECT ${CMAKE_SOURCE_DIR}/cmake/keep_loaded.c)
  target_link_options(iem_keep_loaded INTERFACE -Wl,--export-dynamic-symbol=dlclose)
endif()
