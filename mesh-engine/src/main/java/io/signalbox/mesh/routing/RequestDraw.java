package io.signalbox.mesh.routing;

/**
 * How draws of one request are decided: by its stable key, or each at random.
 *
 * @param key the key's hash, if there is one
 */
record RequestDraw(boolean byKey, long key) {

    static final RequestDraw RANDOM = new RequestDraw(false, 0);

    static RequestDraw by(long key) {
        return new RequestDraw(true, key);
    }
}
