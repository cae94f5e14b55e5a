/** What the policies of a mesh do together that none of them says: pure, over policies and who calls whom. */
@NullMarked
package io.signalbox.mesh.lint;

import org.jspecify.annotations.NullMarked;
