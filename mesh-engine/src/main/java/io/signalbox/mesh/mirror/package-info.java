/** What mirrored requests tell: where the answers to copies differ from those that callers got. */
@NullMarked
package io.signalbox.mesh.mirror;

import org.jspecify.annotations.NullMarked;
