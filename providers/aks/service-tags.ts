/**
 * Names that stand for addresses of a whole Azure service. Source: Microsoft, "Virtual network service tags", table of available
 * tags. Left out are those whose meaning depends on where they stand (Internet, VirtualNetwork, AzureLoadBalancer, AzurePlatform…).
 * A name that is not here (a newer tag, a typing error) is unreadable, and so the access unknown.
 */
const serviceTags = new Set(
  [
    'ActionGroup ApiManagement ApplicationInsightsAvailability AppConfiguration AppService AppServiceManagement',
    'AzureActiveDirectory AzureActiveDirectoryDomainServices AzureAdvancedThreatProtection AzureArcInfrastructure',
    'AzureAttestation AzureBackup AzureBotService AzureCloud AzureCognitiveSearch AzureConnectors',
    'AzureContainerAppsService AzureContainerRegistry AzureCosmosDB AzureDatabricks AzureDataExplorerManagement',
    'AzureDeviceUpdate AzureDevOps AzureDigitalTwins AzureEventGrid AzureFrontDoor AzureHealthcareAPIs',
    'AzureInformationProtection AzureIoTHub AzureKeyVault AzureMachineLearning AzureMachineLearningInference',
    'AzureManagedGrafana AzureMonitor AzureOpenDatasets AzureResourceManager AzureSentinel AzureSignalR',
    'AzureSiteRecovery AzureSphere AzureSpringCloud AzureStack AzureTrafficManager AzureUpdateDelivery AzureWebPubSub',
    'BatchNodeManagement ChaosStudio CognitiveServicesFrontend CognitiveServicesManagement DataFactory',
    'DataFactoryManagement Dynamics365ForMarketingEmail Dynamics365BusinessCentral EOPExternalPublishedIPs EventHub',
    'GatewayManager GuestAndHybridManagement HDInsight KustoAnalytics LogicApps LogicAppsManagement',
    'M365ManagementActivityApi M365ManagementActivityApiWebhook MicrosoftAzureFluidRelay MicrosoftCloudAppSecurity',
    'MicrosoftContainerRegistry MicrosoftDefenderForEndpoint PowerBI PowerPlatformInfra PowerPlatformPlex',
    'PowerQueryOnline Scuba SerialConsole ServiceBus ServiceFabric Sql SqlManagement Storage StorageSyncService',
    'StorageMover WindowsAdminCenter WindowsVirtualDesktop VideoIndexer',
  ].flatMap((line) => line.toLowerCase().split(' ')),
);

/** Whether an entry of an allow-list is a service tag, perhaps narrowed to a region or a part: `AzureCloud.WestEurope`, `AzureFrontDoor.Backend`. */
export function isServiceTag(entry: string): boolean {
  const [tag = '', part, ...rest] = entry.trim().toLowerCase().split('.');
  return serviceTags.has(tag) && (part === undefined || /^[a-z0-9]+$/.test(part)) && rest.length === 0;
}
