/* version.h: which Millwright this is. */
#ifndef BASE_VERSION_H
#define BASE_VERSION_H

#define MILLWRIGHT_VERSION "1.0"

#endif
