/**
 * In a bundle this stands for the SDK's look at the running invocation, from which it takes a trace for its requests' headers
 * where one process serves several invocations at once. A function of ours serves one, and its trace is in the environment.
 */
export const InvokeStore = {
  getInstanceAsync: async (): Promise<undefined> => undefined,
};
