/**
 * In a bundle this stands for the SDK's endpoint discovery: asking a service where it is, which DynamoDB's commands never do
 * and its client is still prepared for. What the client asks for is here, and says no.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: undefined,
};

export function resolveEndpointDiscoveryConfig<Config>(config: Config): Config {
  return config;
}
