package io.signalbox.mesh.client;

/**
 * A token that was just made: the only time that its secret is told.
 *
 * @param token for an {@code Authorization: Bearer} field
 */
public record NewToken(TokenInfo info, String token) {

    /** Hides the secret. */
    @Override
    public String toString() {
        return "NewToken[" + info + "]";
    }
}
