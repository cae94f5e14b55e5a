package io.signalbox.console.excerpt;

import io.signalbox.mesh.model.status.MeshSnapshot;

/**
 * What is shown of one picture of a mesh.
 *
 * @param shown the picture, within the bounds
 * @param extent how much that is
 */
record Excerpt(MeshSnapshot shown, Extent extent) {}
