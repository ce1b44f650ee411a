# cmake --build build/release --target wheel: the Python package with this program inside, in build/release/wheel.
find_package(Python3 3.11 COMPONENTS Interpreter QUIET)
if(TARGET iemlab AND Python3_FOUND)
  add_custom_target(wheel
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/app/python/build_wheel.py
      --program $<TARGET_FILE:iemlab> --into ${CMAKE_BINARY_DIR}/wheel
    DEPENDS iemlab VERBATIM)
endif()
