# Read by ctest when it starts: makes a test of each suite of a GoogleTest program, or of each of its tests. Expects
# program, folder, by_suite, seconds and environment, a list for ENVIRONMENT_MODIFICATION: all of it has to arrive, and
# gtest_discover_tests sets the first entry of a list only.
function(iem_add_test filter)
  string(REGEX REPLACE "[.][*]$" "" name "${folder}.${filter}")
  add_test(${name} ${program} --gtest_filter=${filter})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds} LABELS ${folder}
    ENVIRONMENT_MODIFICATION "${environment}")
  if(NOT by_suite)
    set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
  endif()
endfunction()

if(NOT EXISTS ${program})
  add_test(${folder}_NOT_BUILT ${program})
  return()
endif()
execute_process(COMMAND ${program} --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "${program} cannot list its tests: ${code}")
endif()
# "Suite." and below it "  Name" for each test, some with their parameter behind a number sign.
string(REGEX MATCHALL "\n([A-Za-z0-9_/]+[.]|  [A-Za-z0-9_/]+)" lines "\n${listed}")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "[\n ]" "" name "${line}")
  if(name MATCHES "[.]$")
    set(suite ${name})
    if(by_suite)
      iem_add_test("${suite}*")
    endif()
  elseif(NOT by_suite)
    iem_add_test(${suite}${name})
  endif()
endforeach()
