// Said before anything is sent; the server has the last word.
export const passwordLengthMin = 12;
