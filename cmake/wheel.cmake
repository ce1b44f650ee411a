# cmake --build build/release --target wheel: the Python package with this program inside, in build/release/wheel; with
# build/portable one for every Linux.
find_package(Python3 3.11 COMPONENTS Interpreter QUIET)
if(TARGET iemlab AND Python3_FOUND)
  add_custom_target(wheel
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/app/python/build_wheel.py
      --program $<TARGET_FILE:iemlab> --into ${CMAKE_BINARY_DIR}/wheel
      "$<$<BOOL:${IEMLAB_BUNDLED}>:--licences;${IEM_LICENCE_FOLDER}>"
    DEPENDS iemlab COMMAND_EXPAND_LISTS VERBATIM)
endif()
