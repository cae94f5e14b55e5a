/** What happens to header fields on their way through. */
@NullMarked
package io.signalbox.mesh.proxy.filter;

import org.jspecify.annotations.NullMarked;
