/** What HTTP messages have in common, whatever the version: fields, trailers, authorities, and what is wrong with them. */
@NullMarked
package io.signalbox.mesh.proxy.message;

import org.jspecify.annotations.NullMarked;
