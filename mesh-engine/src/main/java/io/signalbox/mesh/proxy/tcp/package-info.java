/** TCP carried as it is: two connections joined, listeners and connecting for them. Knows no protocol inside. */
@NullMarked
package io.signalbox.mesh.proxy.tcp;

import org.jspecify.annotations.NullMarked;
