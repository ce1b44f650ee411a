# Where ccache is installed, what was compiled before, here or in another clone, is taken from its cache. With GCC only, whose
# precompiled headers are files like others: compared by their bytes, and kept as well.
option(IEMLAB_OBJECT_CACHE "Take objects from ccache where it is installed" ON)
find_program(ccache ccache NO_CACHE)
set(IEM_OBJECT_CACHE OFF)
if(IEMLAB_OBJECT_CACHE AND ccache AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(IEM_OBJECT_CACHE ON)
  # Paths in the project are handed to the compiler as they are seen from the build folder: they are the same in every
  # clone. What a precompiled header defines is a part of its bytes, and nothing of ours asks what time it is.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_SLOPPINESS=pch_defines,time_macros ${ccache})
  set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
endif()
