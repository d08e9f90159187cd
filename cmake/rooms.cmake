# fairway_room(NAME [LINK library…]): the library of src/NAME, from every .cc below it.
function(fairway_room name)
  cmake_parse_arguments(ROOM "" "" "LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  add_library(fairway_${name} STATIC ${sources})
  target_link_libraries(fairway_${name} PUBLIC fairway_options ${ROOM_LINK})
endfunction()
