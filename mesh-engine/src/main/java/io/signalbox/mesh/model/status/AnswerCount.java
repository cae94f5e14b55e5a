package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import org.jspecify.annotations.Nullable;

/**
 * How many answers of one kind were given in the last minute.
 *
 * @param code the HTTP status; 0 when the connection ended without an answer
 * @param cause why the mesh answered; {@code null} when the application did
 */
public record AnswerCount(int code, AnsweredBy by, @Nullable Cause cause, long count) {}
